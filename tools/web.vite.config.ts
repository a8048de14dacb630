import { defineConfig, mergeConfig, type ProxyOptions } from 'vite'
import { rendererConfig } from '../renderer/vite.config.ts'

const server = process.env.KONTOR_SERVER_URL ?? 'http://127.0.0.1:4380'

/** The page's own origin is the server to the console, so the server hears its own for it. */
const toServer: ProxyOptions = {
  target: server,
  changeOrigin: true,
  ws: true,
  headers: { origin: server },
}

/** `npm run web`: the browser console as it is being written, on a server that runs already. */
export default defineConfig(
  mergeConfig(rendererConfig, {
    server: {
      host: '127.0.0.1',
      proxy: Object.fromEntries(
        ['/api/', '/sync', '/.well-known/'].map((path) => [path, toServer]),
      ),
    },
  }),
)
