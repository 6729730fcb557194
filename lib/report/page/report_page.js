/* The findings part of the HTML report. The page holds two lines of JSON a call: what was found, and
 * the conversation (read only when it is shown). Here they are filtered and shown a page at a time; nothing is fetched. */
'use strict';
(function () {
  const PAGE = 25, AROUND = 2, AROUND_PRINTED = 1, PRINT_MOST = 500;
  const byId = (id) => document.getElementById(id);
  const json = (id) => JSON.parse(byId(id).textContent);
  const words = json('words'), rules = json('rules');
  const severities = ['', words.INFO, words.WARNING, words.ERROR, words.CRITICAL];
  const speakers = [words.UNKNOWN, words.AGENT, words.CUSTOMER, words.SYSTEM];
  const speakerClass = ['unknown', 'agent', 'customer', 'system'];
  const form = byId('filters'), list = byId('list'), status = byId('status');
  const number = new Intl.NumberFormat(document.documentElement.lang);
  let found = [], shown = [], page = 0, around = AROUND;

  const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, k) => values[k]);

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    made.append(...children);
    return made;
  }

  /* ---- data */
  function readCalls() {
    for (const block of document.querySelectorAll('script.calls')) {
      const lines = block.textContent.split('\n');
      for (let i = 0; i + 1 < lines.length; i++) {
        if (!lines[i]) continue;
        const [source, id, agent, team, start, findings] = JSON.parse(lines[i]);
        const call = { source, id, agent, team, start, day: dayOf(start), turns: lines[++i] };
        for (const f of findings) found.push(readFinding(call, f));
      }
      block.remove();
    }
  }

  function dayOf(start) {
    const parts = /^(\d{4})(?:-(\d\d?)-|\/(\d\d?)\/|\.(\d\d?)\.|年(\d\d?)月)(\d\d?)(?!\d)/.exec(start);
    return parts ? [parts[1], parts[2] || parts[3] || parts[4] || parts[5], parts[6]].map((part) => part.padStart(2, '0')).join('-') : '';
  }

  function readFinding(call, f) {
    const [rule, severity, turn, turnEnd, begin, end, at, line, column, fatal, text, why, say] = f;
    return { n: found.length, call, rule: rules[rule], severity, turn, turnEnd, begin, end, at, line, column, fatal, text, why, say: say || rules[rule].say };
  }

  function turnsOf(call) {
    if (typeof call.turns === 'string') call.turns = JSON.parse(call.turns);
    return call.turns;
  }

  /* What a search looks at; made when the first search comes. */
  function haystack(f) {
    if (f.hay === undefined) {
      f.hay = [f.text, f.rule.id, f.rule.situation, f.rule.clause, f.call.source, f.call.id, f.call.agent, f.call.team,
        f.call.start, ...f.say].join('\n').toLowerCase();
    }
    return f.hay;
  }

  /* ---- filters */
  function wanted() {
    const value = (name) => form.elements[name].value;
    return { text: value('text').trim().toLowerCase(), severity: +value('severity'), rule: value('rule'), clause: value('clause'),
      team: value('team'), agent: value('agent'), day: form.elements.day ? value('day') : '' };
  }

  function fits(f, w) {
    return (!w.severity || f.severity >= w.severity) && (!w.rule || f.rule.key === w.rule) &&
      (!w.clause || f.rule.clause.split(' ').includes(w.clause)) && (!w.team || f.call.team === w.team) &&
      (!w.agent || f.call.agent === w.agent) && (!w.day || f.call.day === w.day) && (!w.text || haystack(f).includes(w.text));
  }

  /* Sorting keeps the order of the input among equals. */
  const orders = {
    worst: (a, b) => b.severity - a.severity || a.n - b.n,
    newest: (a, b) => (b.call.day + b.call.start).localeCompare(a.call.day + a.call.start) || a.n - b.n,
  };

  function filter() {
    const w = wanted(), order = orders[form.elements.order.value];
    shown = found.filter((f) => fits(f, w));
    if (order) shown.sort(order);
    page = 0;
    render();
  }

  /* ---- one finding */
  const clock = (ms) => {
    const s = Math.floor(ms / 1000), two = (n) => String(n).padStart(2, '0');
    return (s >= 3600 ? two(Math.floor(s / 3600)) + ':' : '') + two(Math.floor(s / 60) % 60) + ':' + two(s % 60);
  };

  function marked(text, f, n) {
    if (f.begin < 0 || n < f.turn || n > f.turnEnd) return [text];
    const begin = n === f.turn ? f.begin : 0, end = n === f.turnEnd ? f.end : text.length;
    return [text.slice(0, begin), element('mark', {}, text.slice(begin, end)), text.slice(end)];
  }

  function turnItem(turn, f) {
    const [n, speaker, label, at, text] = turn;
    const who = element('span', { class: 'who' }, label || speakers[speaker], at >= 0 ? ' ' + clock(at) : '');
    const here = n >= f.turn && n <= f.turnEnd;
    return element('li', { class: speakerClass[speaker] + (here ? ' here' : '') }, who, element('p', {}, ...marked(text, f, n)));
  }

  function gapItem() {
    return element('li', { class: 'gap' }, '⋯');
  }

  function fillTalk(talk, f, whole) {
    const turns = turnsOf(f.call);
    const near = turns.filter((t) => whole || f.turn < 0 || (t[0] >= f.turn - around && t[0] <= f.turnEnd + around));
    talk.replaceChildren();
    near.forEach((turn, k) => {
      if (k && turn[0] > near[k - 1][0] + 1) talk.append(gapItem());
      talk.append(turnItem(turn, f));
    });
    return near.length < turns.length;
  }

  function conversation(f) {
    const talk = element('ol', { class: 'talk', 'aria-label': words.HTML_CONVERSATION });
    const box = element('div', {}, talk);
    if (!fillTalk(talk, f, false)) return box;
    const more = element('button', { type: 'button', class: 'act more', 'aria-expanded': 'false' }, words.HTML_WHOLE_CALL);
    let whole = false;
    more.addEventListener('click', () => {
      whole = !whole;
      fillTalk(talk, f, whole);
      more.textContent = whole ? words.HTML_LESS : words.HTML_WHOLE_CALL;
      more.setAttribute('aria-expanded', String(whole));
    });
    box.append(more);
    return box;
  }

  function advice(f) {
    const box = element('div', {});
    if (f.say.length) {
      box.append(element('div', { class: 'say' }, element('h4', {}, words.CSV_SAY),
        element('ul', {}, ...f.say.map((wording) => element('li', {}, wording)))));
    }
    if (f.why) box.append(element('div', { class: 'why' }, element('h4', {}, words.CSV_WHY), ...f.why.split('\n').map((line) => element('p', {}, line))));
    return box;
  }

  function card(f, k) {
    const id = 'f' + k;
    const place = f.call.source + (f.line ? ':' + f.line + (f.column ? ':' + f.column : '') : '');
    const meta = [f.call.agent, f.call.team, f.call.start.replace('T', ' ').slice(0, 16), f.call.id, place, f.at >= 0 ? clock(f.at) : ''];
    const head = element('h3', { id }, element('span', { class: 'badge' }, severities[f.severity]));
    if (f.fatal) head.append(element('span', { class: 'badge' }, words.FATAL));
    if (f.rule.clause) head.append(element('span', {}, f.rule.clause));
    head.append(element('span', {}, f.rule.situation), element('code', {}, f.rule.id));
    const article = element('article', { class: 'finding s' + f.severity, 'aria-labelledby': id }, head,
      element('p', { class: 'meta' }, meta.filter(Boolean).join(' · ')));
    if (f.begin < 0 && f.text) article.append(element('p', {}, f.text));
    article.append(element('div', { class: 'cols' }, conversation(f), advice(f)));
    return article;
  }

  /* ---- the list */
  function render() {
    const pages = Math.max(1, Math.ceil(shown.length / PAGE)), from = page * PAGE, part = shown.slice(from, from + PAGE);
    list.replaceChildren(...part.map((f, k) => card(f, from + k)));
    if (!part.length) list.append(element('p', { class: 'empty' }, words.HTML_NOTHING_FITS));
    status.textContent = shown.length === found.length ? fill(words.HTML_SHOWN_ALL, number.format(found.length))
      : fill(words.HTML_SHOWN, number.format(shown.length), number.format(found.length));
    for (const pager of document.querySelectorAll('.pager')) {
      pager.querySelector('.page').textContent = fill(words.HTML_PAGE, number.format(page + 1), number.format(pages));
      pager.querySelector('.previous').disabled = page === 0;
      pager.querySelector('.next').disabled = page + 1 >= pages;
    }
  }

  /* Paper has no pages to turn: as many findings as one would read on it, each with the turn before and behind it. */
  function print() {
    around = AROUND_PRINTED;
    list.replaceChildren(...shown.slice(0, PRINT_MOST).map(card));
    if (shown.length > PRINT_MOST) status.textContent = fill(words.HTML_PRINTED, number.format(PRINT_MOST), number.format(shown.length));
  }

  function turnPage(step) {
    page += step;
    render();
    byId('findings').scrollIntoView();
    byId('findings').focus({ preventScroll: true });
  }

  function pick(field, value) {
    form.reset();
    form.elements[field].value = value;
    filter();
    byId('findings').scrollIntoView();
    byId('findings').focus({ preventScroll: true });
  }

  /* A bar of a chart is a button that filters by it; so is a day of the line, whose keyboard twin stands in the table. */
  function makePicks() {
    for (const dot of document.querySelectorAll('circle[data-day]')) dot.addEventListener('click', () => pick('day', dot.dataset.day));
    for (const cell of document.querySelectorAll('th[data-filter]')) {
      const button = element('button', { type: 'button', class: 'pick', title: words.HTML_PICK });
      button.append(...cell.childNodes);
      cell.replaceChildren(button);
      button.addEventListener('click', () => pick(cell.dataset.filter, cell.dataset.value));
    }
  }

  function listen() {
    let waiting = 0;
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
    form.addEventListener('reset', () => setTimeout(filter, 0));
    for (const pager of document.querySelectorAll('.pager')) {
      pager.querySelector('.previous').addEventListener('click', () => turnPage(-1));
      pager.querySelector('.next').addEventListener('click', () => turnPage(1));
    }
    addEventListener('beforeprint', print);
    addEventListener('afterprint', () => { around = AROUND; render(); });
  }

  document.documentElement.classList.add('js');
  readCalls();
  shown = found;
  makePicks();
  listen();
  render();
}());
