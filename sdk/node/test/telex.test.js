import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Word } from '../examples/telex/telex.js';

const typed = (keys) => [...keys].reduce((word, key) => word.type(key), new Word()).toString();

const WORDS = {
  Vieetj: 'Việt', Nam: 'Nam', tieengs: 'tiếng', ddaats: 'đất', nuwowcs: 'nước', nuocws: 'nước', hoaf: 'hòa', hoangf: 'hoàng',
  quas: 'quá', gias: 'giá', gif: 'gì', thuyr: 'thủy', khuyas: 'khuýa', nguwowif: 'người', nguoiwf: 'người', toois: 'tối', awn: 'ăn',
  mua: 'mua', muaw: 'mưa', quaw: 'quă', DDaf: 'Đà', Naawngx: 'Nẵng', xin: 'xin', chaof: 'chào', banj: 'bạn', canas: 'cấn',
  duongdwf: 'đường', tw: 'tư', w: 'ư', W: 'Ư', as: 'á', asz: 'a', ass: 'as', asss: 'ass', aaa: 'aa', ooo: 'oo', ddd: 'dd', aww: 'aw',
  ss: 'ss', bcd: 'bcd', hoajt: 'hoạt', ngoanf: 'ngoàn', khoongz: 'khôngz', oow: 'ơ', aaw: 'ă', cuuw: 'cuư',
};

for (const [keys, word] of Object.entries(WORDS)) {
  test(`${keys} is ${word}`, () => assert.equal(typed(keys), word));
}

test('backspace takes the last letter, and the tone with the last vowel', () => {
  let word = [...'Vieetj'].reduce((sofar, key) => sofar.type(key), new Word());
  word = word.backspace();
  assert.equal(word.toString(), 'Việ');
  word = word.backspace().backspace().type('n');
  assert.equal(word.toString(), 'Vn');
  assert.ok(word.backspace().backspace().isEmpty);
});

test('every word is composed text', () => {
  for (const keys of Object.keys(WORDS)) {
    assert.equal(typed(keys), typed(keys).normalize('NFC'));
  }
});
