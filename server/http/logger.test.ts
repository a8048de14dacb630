import { expect, test } from 'vitest'
import { createLogger } from './logger.ts'

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = []
  write(createLogger('trace', { write: (line) => lines.push(line) }))
  return lines.join('')
}

test('what people write, who they are and what lets one in never reaches the log', () => {
  const said = logged((logger) =>
    logger.info(
      {
        message: { text: 'Mein Paket', phone: '+491701234567', id: 'm1' },
        user: { email: 'jana@nordwerk.example', password: 'geheim' },
        url: '/sync?ticket=ktt_abcdefgh',
        headers: { authorization: 'Bearer kta_abcdefgh' },
      },
      'kept',
    ),
  )
  expect(said).toContain('m1')
  expect(said).not.toMatch(/Paket|1701234567|jana|geheim|ktt_|kta_/)
})

test('an error keeps its name, code and place, and loses what it quotes', () => {
  const broken = () => JSON.parse('{"text":"Mein Konto') as unknown
  const said = logged((logger) => {
    try {
      broken()
    } catch (cause) {
      const error = new Error('cannot send to +49 170 1234567 with kta_abcdefghijkl', { cause })
      logger.error({ err: Object.assign(error, { code: '23505', detail: 'Key (email)=(x@y)' }) })
    }
  })
  expect(said).toContain('logger.test.ts')
  expect(said).toContain('23505')
  expect(said).not.toMatch(/Konto|1234567|kta_|x@y/)
})
