import { mount } from 'svelte'
import App from './App.svelte'
import { connect } from './bridge/connect.ts'
import Starting from './Starting.svelte'
import './styles/index.css'
import { applyTheme, rememberedTheme } from './ui/theme.ts'

const target = document.body
applyTheme(rememberedTheme())()

try {
  mount(App, { target, props: { api: await connect() } })
} catch {
  mount(Starting, { target, props: { hasFailed: true, onRetry: () => location.reload() } })
}
