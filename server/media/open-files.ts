import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { S3ClientConfig } from '@aws-sdk/client-s3'
import { must } from '../../core/lib/must.ts'
import type { Config } from '../config.ts'
import { mediaPlaceOf } from '../config/media-place.ts'
import { reasonOf, StartError } from '../start-error.ts'
import { MediaFiles } from './files.ts'
import type { MediaStore } from './store.ts'

const probeName = 'kontor-was-here'

/**
 * The place `KONTOR_MEDIA_URL` names. A bucket is written to once, so that a wrong key is known now and not with the
 * first picture; one that is only away does not keep the server from taking webhooks.
 *
 * @throws StartError when the bucket refuses us
 */
export async function openMediaFiles(
  { dataDir, mediaUrl }: Pick<Config, 'dataDir' | 'mediaUrl'>,
  env: NodeJS.ProcessEnv,
  onTrouble: (what: string) => void,
): Promise<MediaFiles> {
  const directory = join(dataDir, 'media')
  if (mediaUrl === null) return new MediaFiles(directory)
  const place = must(mediaPlaceOf(mediaUrl), 'place that was parsed')
  if (place.kind === 'folder') return new MediaFiles(place.folder)
  const { isAway, s3Store } = await import('./s3-store.ts') // large, and most firms never need it
  const store = s3Store(place, settingsFrom(env))
  await tryStore(store).catch((error: unknown) => {
    const why = rootOf(error)
    const what = `The media store ${mediaUrl} cannot be used: ${reasonOf(why)}`
    if (!isAway(why)) {
      throw new StartError(
        `${what}. Check KONTOR_MEDIA_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL.`,
      )
    }
    onTrouble(what)
  })
  return new MediaFiles(directory, store)
}

/** What the package does not take from the environment by itself. Other makes know no bucket in the host name. */
function settingsFrom(env: NodeJS.ProcessEnv): S3ClientConfig {
  const isOtherMake = (env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL ?? '') !== ''
  const given = env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? ''
  const region = given === '' && isOtherMake ? 'us-east-1' : given
  return {
    ...(isOtherMake ? { forcePathStyle: true } : {}),
    ...(region === '' ? {} : { region }),
  }
}

async function tryStore(store: MediaStore): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-probe-'))
  try {
    const path = join(folder, probeName)
    await writeFile(path, 'Kontor can write here.\n')
    await store.put(path, probeName)
    await store.sizeOf(probeName)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error
}
