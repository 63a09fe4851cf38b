// The page of a query: its form becomes an editor once the page stands and the form is seen, and what was found can be looked at as a
// chart and on a map. Without this script the form is plain and the table says the same.
import { prepare } from './query/result.js';

for (const section of document.querySelectorAll('.result')) prepare(section);

// The editor is large beside the page: it is fetched behind it, and only where somebody can write.
const forms = document.querySelectorAll('form.query[data-editor]');
const seen = new IntersectionObserver((entries) => {
  const [entry] = entries.filter((each) => each.isIntersecting);
  if (!entry) return;
  seen.disconnect();
  const script = document.createElement('script');
  script.src = entry.target.dataset.editor;
  document.head.append(script);
});
const watch = () => forms.forEach((form) => seen.observe(form));
if (document.readyState === 'complete') watch();
else window.addEventListener('load', watch);
