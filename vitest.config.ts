import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

/** Unit and integration tests stand beside the code they speak of; what needs a browser's DOM is its own project. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: [
            '{core,server,simulator,electron,tools}/**/*.test.ts',
            'tests/{faults,integration}/**/*.test.ts',
          ],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [svelte()],
        resolve: { conditions: ['browser'] },
        test: { name: 'window', environment: 'jsdom', include: ['renderer/**/*.test.ts'] },
      },
    ],
  },
})
