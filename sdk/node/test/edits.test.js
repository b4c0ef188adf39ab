import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Edits, Key, Keysym, handled } from '../src/index.js';

test('long text is committed in parts of 1,024 code points', () => {
  const parts = new Edits().commit('🙂'.repeat(1025)).list.map(({ commit }) => [...commit].length);
  assert.deepEqual(parts, [1024, 1]);
  assert.deepEqual(new Edits().commit('').list, []);
});

test('what is out of bounds is refused without the text', () => {
  for (const make of [
    () => new Edits().auxiliary('secret'.repeat(50)),
    () => new Edits().preedit('secret', { cursor: 7 }),
    () => new Edits().preedit('secret', { segments: [{ start: 0, end: 7, style: 'underline' }] }),
    () => new Edits().preedit('secret', { onLoss: 'secret' }),
    () => new Edits().candidates(Array(65).fill('secret')),
    () => new Edits().candidates(['secret'], { selected: 1 }),
    () => new Edits().deleteSurrounding(0, 0),
    () => new Edits().commit('secret\ud800'),
    () => new Edits().properties([{ key: '', kind: 'toggle', label: 'secret' }]),
    () => Array(17).fill('secret').reduce((edits, text) => edits.commit(text), new Edits()),
  ]) {
    assert.throws(make, (error) => error instanceof RangeError && !error.message.includes('secret'));
  }
});

test('responses are equal by what they say', () => {
  assert.deepEqual(handled().preedit('a').commit('b'), handled().preedit('a').commit('b'));
  assert.notDeepEqual(handled().commit('a'), handled().commit('b'));
});

test('keys', () => {
  assert.equal(Key.press('a').text, 'a');
  assert.equal(Key.press('☃').text, '☃');
  assert.equal(Key.press(0xffb7).text, '7');
  assert.equal(Key.press(Keysym.RETURN).text, '');
  assert.ok(Key.press(0xffe1).isModifier);
  assert.ok(new Key(0x61, 0, 4).isChord);
  assert.ok(!new Key(0x61, 0, 0, 'release').isPressed);
});
