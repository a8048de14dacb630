import { expect, test } from 'vitest'
import { base64Of } from './base64.ts'

test('texts of every length and script are encoded as everybody does', () => {
  for (const text of ['', 'a', 'ab', 'abc', 'Grüße.png', '写真 🙂.jpg', '100 %', '\u0000\u001f']) {
    expect(base64Of(text)).toBe(Buffer.from(text, 'utf8').toString('base64'))
  }
  expect(base64Of('\ud800')).toBe(base64Of('\ufffd'))
})
