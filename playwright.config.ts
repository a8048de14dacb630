import { defineConfig } from '@playwright/test'

/**
 * The console as people use it, in a browser (`web`) and in Electron (`desktop`). tests/e2e/console.ts finds the
 * browser or the runtime and starts a desk for it.
 */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // A desk is a database, a server and a simulator: one at a time on a machine of two cores.
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'web', testIgnore: 'desktop-*.spec.ts' },
    { name: 'desktop', testIgnore: 'web-*.spec.ts' },
  ],
})
