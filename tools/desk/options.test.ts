import { describe, expect, test } from 'vitest'
import { Refusal } from '../say.mjs'
import { readOptions } from './options.ts'

describe('the flags of npm start', () => {
  test('without any, the demo opens in a window on the usual ports', () => {
    expect(readOptions([], '/home/me/kontor')).toEqual({
      folder: '/home/me/kontor/.desk',
      port: 4380,
      simulatorPort: 4390,
      isEmpty: false,
      opens: 'window',
      isJson: false,
    })
  })

  test('each does what it says', () => {
    const args = ['--no-open', '--port', '0', '--simulator-port', '8', '--data', 'x', '--empty']
    expect(readOptions([...args, '--json'], '/a')).toEqual({
      folder: '/a/x',
      port: 0,
      simulatorPort: 8,
      isEmpty: true,
      opens: 'nothing',
      isJson: true,
    })
    expect(readOptions(['--web'], '/a').opens).toBe('browser')
  })

  test.each([
    { args: ['--prot', '1'], says: /--prot.*knows.*--port/ },
    { args: ['stray'], says: /stray.*knows/ },
    { args: ['--port', 'http'], says: /--port is a whole number from 0 to 65535, not http/ },
    { args: ['--port=70000'], says: /not 70000/ },
    { args: ['--port'], says: /--port/ },
    { args: ['--json=yes'], says: /--json/ },
    { args: ['--data', ''], says: /--data names no folder/ },
  ])('a wrong one is refused in one sentence: $args', ({ args, says }) => {
    let refusal: unknown
    try {
      readOptions(args, '/a')
    } catch (error) {
      refusal = error
    }
    expect(refusal).toBeInstanceOf(Refusal)
    expect(refusal).toMatchObject({ exitCode: 2, message: expect.stringMatching(says) })
    expect((refusal as Refusal).message).not.toContain('\n')
  })
})
