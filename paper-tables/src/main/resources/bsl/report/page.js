const words = document.getElementById('words');
const verdict = document.getElementById('verdict');
function matches(row) {
  const text = row.textContent.toLowerCase();
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  const kind = row.dataset.verdict;
  return wanted.every(word => text.includes(word)) && (!verdict.value || !kind || kind === verdict.value);
}
function filter() {
  let shown = 0;
  for (const row of document.querySelectorAll('tbody tr')) {
    row.hidden = !matches(row);
    shown += row.hidden ? 0 : 1;
  }
  for (const section of document.querySelectorAll('section')) {
    const rows = section.querySelectorAll('tbody tr');
    section.hidden = rows.length > 0 && [...rows].every(row => row.hidden);
  }
  document.getElementById('shown').textContent = shown + ' rows';
}
words.addEventListener('input', filter);
verdict.addEventListener('change', filter);
filter();
