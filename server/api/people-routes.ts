import type { Auth } from '../auth/auth.ts'
import type { AuthParts } from '../auth/sessions.ts'
import type { App } from '../http/types.ts'
import type { Log } from '../log/log.ts'
import { apiKeyRoutes } from './api-keys.ts'
import { meRoutes } from './me.ts'
import { sessionRoutes } from './sessions.ts'
import { setupRoutes } from './setup.ts'
import { teamRoutes } from './teams.ts'
import { userRoutes } from './users.ts'

/** Everything about people and access, as one plugin. */
export function peopleRoutes(parts: AuthParts & { auth: Auth; log: Log; publicUrl: string }) {
  return async (app: App): Promise<void> => {
    sessionRoutes(app, parts)
    setupRoutes(app, parts)
    meRoutes(app)
    userRoutes(app, parts)
    teamRoutes(app, parts)
    apiKeyRoutes(app, parts)
  }
}
