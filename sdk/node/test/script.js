/** The input method of the conversations; sdk/conversations/README.md says what it does. */
import { Edits, handled, notHandled, run } from '../src/index.js';

const journal = [];
const outbounds = [];
let begun = 0;

const names = (set) => [...set].sort().join(',');

run((field) => {
  const number = ++begun;
  let text = '';
  journal.push(`begin ${number}`);
  return {
    onKey(key) {
      if (!key.isPressed) {
        journal.push(`release ${number}`);
        return notHandled();
      }
      switch (key.text) {
        case 'x':
          throw new Error(`typed: ${text}`);
        case '!': {
          const all = text;
          text = '';
          return handled().preedit('').commit(all);
        }
        case '?':
          return handled().commit(journal.join(', '));
        case 'F': {
          const learning = field.learning ? ' learning ' : ' ';
          return handled().commit(
            `${names(field.hints)} ${names(field.rights)} ${field.purpose}${learning}${field.inputMethod}`,
          );
        }
        case 'O':
          outbounds[0].send(new Edits().commit('of the first'));
          outbounds.at(-1).send(new Edits().commit('of the last'));
          return handled();
        case 'E':
          return everything();
        case ' ':
          return notHandled();
        default:
          text += key.text;
          return handled().preedit(text);
      }
    },
    candidateClicked({ index, button, modifiers }) {
      if (index === 9) {
        throw new Error(`typed: ${text}`);
      }
      return new Edits().commit(`${index} ${button} ${modifiers}`);
    },
    candidatesMoved(move) {
      return new Edits().auxiliary(move);
    },
    propertyActivated(key, checked) {
      return new Edits().properties([{ key, kind: 'toggle', label: key, checked }]);
    },
    surroundingChanged(around) {
      if (!around.text) {
        throw new Error(`typed: ${text}`);
      }
      journal.push(`around ${around.text} ${around.cursor} ${around.anchor}`);
    },
    opened(outbound) {
      outbounds.push(outbound);
    },
    reset() {
      journal.push(`reset ${number}`);
    },
  };
});

function everything() {
  return handled()
    .preedit('何か', { cursor: 1, onLoss: 'discard', segments: [{ start: 0, end: 1, style: 'highlight' }] })
    .candidates(['一', '二', '三'], {
      selected: 1,
      pageSize: 2,
      labels: ['a', 'b'],
      orientation: 'vertical',
      selectionShown: false,
    })
    .auxiliary('2/3')
    .properties([
      { key: 'mode', kind: 'menu', label: 'Mode', symbol: 'あ' },
      { key: 'kana', kind: 'choice', label: 'Kana', checked: true, menu: 'mode' },
      { key: 'off', kind: 'toggle', label: 'Off', tooltip: 'tip', sensitive: false, visible: false },
    ])
    .deleteSurrounding(-2, 1)
    .forwardKey()
    .commit('é🙂')
    .hideCandidates();
}
