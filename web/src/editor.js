// Makes the form for queries an editor, with all that it takes. `query.js` fetches it.
import { edit } from './query/editor.js';

for (const form of document.querySelectorAll('form.query')) edit(form);
