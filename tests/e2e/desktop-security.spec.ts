import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from '@playwright/test'
import { ask, hasElectron, test } from './electron.ts'

test.skip(!hasElectron, 'no Electron runtime on this machine')

test('every window is sandboxed, isolated and without Node', async ({ desktop }) => {
  const all = await desktop.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      // Electron has it, its types do not.
      const held = contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      return held.getLastWebPreferences()
    }),
  )
  expect(all.length).toBe(1)
  expect(all[0]?.['nodeIntegrationInWorker']).not.toBe(true)
  expect(all[0]).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    webSecurity: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
  })
  const known = await desktop.page.evaluate(() =>
    ['require', 'process', 'Buffer', 'global', 'module', 'electron', 'ipcRenderer'].filter(
      (name) => name in globalThis,
    ),
  )
  expect(known).toEqual([])
})

test('a frame inside the page and a window of another page have no wire that answers', async ({
  desktop,
}) => {
  const inFrame = await desktop.page.evaluate(() => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const isThere = 'wire' in (frame.contentWindow ?? {})
    frame.remove()
    return isThere
  })
  expect(inFrame).toBe(false)
  const foreign = await desktop.app.evaluate(async ({ app, BrowserWindow }) => {
    const preload = `${app.getAppPath()}/out/preload/index.cjs`
    const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
    await window.loadURL('data:text/html,foreign')
    const ask = `wire.request('app.state', {}).then(() => 'answered', (error) => String(error))`
    const said = (await window.webContents.executeJavaScript(ask)) as string
    window.destroy()
    return said
  })
  expect(foreign).toContain('No handler registered')
})

test('the policy stops inline script, handlers, eval, frames, forms and every connection', async ({
  desktop,
}) => {
  const heard: string[] = []
  const server = createServer((request, response) => {
    heard.push(request.url ?? '')
    response.end('ok')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const results = await desktop.page.evaluate(async (target) => {
    const marks = globalThis as unknown as Record<string, unknown>
    const script = document.createElement('script')
    script.textContent = 'globalThis.inlineRan = true'
    document.body.append(script)
    const image = document.createElement('div')
    image.innerHTML = '<img src="data:," onerror="globalThis.handlerRan = true"><style>a{}</style>'
    document.body.append(image)
    const remote = document.createElement('script')
    remote.src = `${target}/script.js`
    document.body.append(remote)
    const frame = document.createElement('iframe')
    frame.src = `${target}/frame`
    document.body.append(frame)
    navigator.sendBeacon(`${target}/beacon`)
    const picture = new Image()
    picture.src = `${target}/picture.png`
    // In a turn of its own: what a debugger calls may evaluate text, whatever the policy says.
    const failed = (run: () => unknown) =>
      new Promise((done) => {
        setTimeout(() => {
          Promise.resolve()
            .then(run)
            .then(
              () => done(false),
              () => done(true),
            )
        })
      })
    const found = {
      eval: await failed(() => (0, eval)('1') as unknown),
      string: await failed(() => (0, eval)('new Function("return 1")') as unknown),
      fetch: await failed(() => fetch(`${target}/fetch`)),
      ownFetch: await failed(() => fetch('app://main/index.html')),
      xhr: await failed(
        () =>
          new Promise((done, failedTo) => {
            const request = new XMLHttpRequest()
            request.onload = done
            request.onerror = failedTo
            request.open('GET', `${target}/xhr`)
            request.send()
          }),
      ),
      socket: await failed(
        () =>
          new Promise((done, failedTo) => {
            const socket = new WebSocket(`${target.replace('http', 'ws')}/socket`)
            socket.onopen = done
            socket.onerror = failedTo
          }),
      ),
    }
    for (const element of [script, image, remote, frame]) element.remove()
    return { ...found, inline: marks['inlineRan'] ?? null, handler: marks['handlerRan'] ?? null }
  }, origin)
  server.close()

  expect(results).toMatchObject({
    eval: true,
    string: true,
    fetch: true,
    ownFetch: true,
    xhr: true,
    socket: true,
    inline: null,
    handler: null,
  })
  expect(heard).toEqual([])
})

test('the page cannot be led away, and opens no window', async ({ desktop }) => {
  const before = desktop.page.url()
  await desktop.app.evaluate(({ shell }) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    shell.openExternal = (address) => {
      asked.push(address)
      return Promise.resolve()
    }
  })
  const opened = await desktop.page.evaluate(() => [
    window.open('https://example.org/') === null,
    window.open('app://main/index.html', 'named') === null,
    window.open('file:///etc/passwd') === null,
  ])
  expect(opened).toEqual([true, true, true])
  await desktop.page.evaluate(() => {
    location.href = 'https://example.org/'
    const link = document.createElement('a')
    link.href = 'app://main/elsewhere.html'
    document.body.append(link)
    link.click()
    link.remove()
  })
  expect(await ask(desktop, 'app.state', {})).toMatchObject({ ok: true })
  expect(desktop.page.url()).toBe(before)
  expect(desktop.app.windows().length).toBe(1)
  const outside = await desktop.app.evaluate(
    () => (globalThis as unknown as { asked: string[] }).asked,
  )
  expect(outside).toEqual(['https://example.org/'])
})

test('only the page’s own files are served, however a way out is spelt', async ({ desktop }) => {
  const statuses = await desktop.app.evaluate(async ({ net }) => {
    const addresses = [
      'app://main/index.html',
      'app://main/../../package.json',
      'app://main/%2e%2e/%2e%2e/package.json',
      'app://main/..%2f..%2fpackage.json',
      'app://main/%252e%252e/package.json',
      'app://main/..%5c..%5cpackage.json',
      'app://main//etc/passwd',
      'app://main/index.html%00.png',
      'app://other/index.html',
    ]
    const answers: Record<string, number | string> = {}
    for (const address of addresses) {
      answers[address] = await net.fetch(address).then(
        ({ status }) => status,
        () => 'refused',
      )
    }
    return answers
  })
  const { 'app://main/index.html': index, ...others } = statuses
  expect(index).toBe(200)
  for (const status of Object.values(others)) expect([404, 'refused']).toContain(status)
})

test('the page gets no permission but to notify and to copy', async ({ desktop }) => {
  const states = await desktop.page.evaluate(async () => {
    const names = ['camera', 'microphone', 'geolocation', 'midi', 'clipboard-read', 'notifications']
    const found: Record<string, string> = {}
    for (const name of names) {
      found[name] = (await navigator.permissions.query({ name: name as PermissionName })).state
    }
    return found
  })
  const { notifications, ...others } = states
  expect(notifications).toBe('granted')
  for (const state of Object.values(others)) expect(state).toBe('denied')
})
