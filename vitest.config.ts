import { defineConfig } from 'vitest/config'
import { rendererPlugins } from './renderer/vite.config.ts'

/** Unit and integration tests stand beside the code they speak of; what needs a browser's DOM is its own project. */
export default defineConfig({
  test: {
    // Most tests wait for sockets and databases, so two cores have room for four.
    maxWorkers: 4,
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: [
            '{core,server,simulator,electron,tools}/**/*.test.ts',
            'tests/{faults,integration,simulation}/**/*.test.ts',
          ],
          globalSetup: ['server/testing/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: rendererPlugins(),
        resolve: { conditions: ['browser'] },
        test: { name: 'window', environment: 'jsdom', include: ['renderer/**/*.test.ts'] },
      },
    ],
  },
})
