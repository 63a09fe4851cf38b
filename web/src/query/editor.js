// The editor in the place of the text field, which stays in the form and is what is sent. It stands in a shadow tree: there its styles are
// sheets of the document's own making, which a Content-Security-Policy without 'unsafe-inline' lets be.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { HighlightStyle, bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView, drawSelection, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { sparql } from 'codemirror-lang-sparql';
import { completions } from './terms.js';

// Custom properties of the page reach into the shadow tree, so that colours follow light and dark.
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: 'var(--keyword)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--string)' },
  { tag: [tags.number, tags.bool], color: 'var(--string)' },
  { tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic' },
  { tag: tags.variableName, color: 'var(--visited)' },
]);

const look = EditorView.theme({
  '&': { backgroundColor: 'var(--paper)', color: 'var(--ink)', border: '1px solid var(--soft)', borderRadius: '4px', fontSize: '0.875rem' },
  '&.cm-focused': { outline: '3px solid var(--focus)', outlineOffset: '2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.45', maxHeight: '34rem' },
  '.cm-content': { caretColor: 'var(--ink)', minHeight: '9rem' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--raised)', color: 'var(--soft)', border: '0' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--mark)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--mark-deep)', color: 'var(--mark-ink)' },
  '.cm-tooltip': { backgroundColor: 'var(--paper)', color: 'var(--ink)', border: '1px solid var(--line)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-completionDetail': { color: 'inherit', fontStyle: 'normal', marginLeft: '1em' },
});

export function edit(form) {
  const field = form.querySelector('textarea');
  const label = form.querySelector(`label[for="${field.id}"]`);
  const place = document.createElement('div');
  place.className = 'editor';
  const root = place.attachShadow({ mode: 'open', delegatesFocus: true });
  field.after(place);
  const send = () => {
    form.requestSubmit();
    return true;
  };
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        // Ahead of all others, so that it does not put in a line.
        keymap.of([{ key: 'Mod-Enter', run: send }]),
        lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(),
        sparql(), syntaxHighlighting(colours), look, EditorView.lineWrapping,
        autocompletion({ override: [completions(form.dataset.terms)], icons: false }),
        // The tabulator key leads on to the button, as everywhere.
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': label.textContent, spellcheck: 'false', autocapitalize: 'off', translate: 'no' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) field.value = update.state.doc.toString();
        }),
      ],
    }),
  });
  // Who was writing already goes on where they were.
  if (document.activeElement === field) {
    view.dispatch({ selection: { anchor: field.selectionStart, head: field.selectionEnd } });
    view.focus();
  }
  field.hidden = true;
  form.querySelector('.keys').hidden = false;
  // What cannot be seen cannot be asked for by the browser.
  field.required = false;
  label.addEventListener('click', () => view.focus());
}
