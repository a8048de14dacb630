import type { AlertTables } from '../alerts/tables.ts'
import type { PeopleTables } from '../auth/tables.ts'
import type { IntakeTables } from '../intake/tables.ts'
import type { LogTables } from '../log/tables.ts'
import type { MediaTables } from '../media/tables.ts'
import type { PresenceTables } from '../presence/tables.ts'
import type { VerificationTables } from '../numbers/tables.ts'
import type { SenderTables } from '../sender/tables.ts'

/** Every table of the database. Each area declares its own in its `tables.ts`; a new area is a line here. */
export type Tables = LogTables &
  PeopleTables &
  IntakeTables &
  SenderTables &
  MediaTables &
  AlertTables &
  PresenceTables &
  VerificationTables
