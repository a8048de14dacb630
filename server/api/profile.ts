import Type, { type Static } from 'typebox'
import {
  Crop,
  findProfileFlaws,
  picture as pictureLimits,
  Profile,
  ProfileChange,
  ProfileView,
} from '../../core/domain/profile.ts'
import { AppError } from '../../core/lib/errors.ts'
import { actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'
import type { KeepChange } from '../presence/change.ts'
import { connected, ourNumber } from '../presence/our-number.ts'
import {
  forgetPicture,
  keepPicture,
  keptPicture,
  pictureAgain,
  squareOf,
} from '../presence/picture.ts'
import { keepReading, readThrough } from '../presence/readings.ts'
import { refuseFlaws } from '../presence/refuse-flaws.ts'
import type { Database } from '../store/database.ts'
import type { Client } from '../whatsapp/client.ts'
import { IdParams } from './schemas.ts'

export type PresenceOptions = {
  db: Database
  nowMs: () => number
  /** Undefined while there is no token. */
  client: () => Client | undefined
  keepChange: KeepChange
}

const pictureTypes = ['image/jpeg', 'image/png', 'image/webp']
const Kept = Type.Object({ profile: Profile, pictureUrl: Type.Union([Type.String(), Type.Null()]) })

/** How a number looks to contacts, over HTTP. A Fastify plugin of its own scope: only here bodies may be files. */
export async function profile(app: App, options: PresenceOptions): Promise<void> {
  const { db, client, keepChange } = options
  const read = { access: { verb: 'read-numbers' as const } }
  const manage = { access: { verb: 'manage-numbers' as const } }
  app.addContentTypeParser(
    pictureTypes,
    { parseAs: 'buffer', bodyLimit: pictureLimits.sizeBytes },
    (_request, body, done) => done(null, body),
  )

  /** WhatsApp's word, and the picture with it. */
  async function show(numberId: string): Promise<Static<typeof ProfileView>> {
    const { phoneNumberId } = await ourNumber(db, numberId)
    const about = { numberId, kind: 'profile' as const, schema: Kept }
    const { value, readAt, trouble } = await readThrough(options, about, () =>
      connected(client).getProfile(phoneNumberId),
    )
    if (trouble === null) await fetchPicture(options, numberId, value.pictureUrl)
    const hasPicture = (await keptPicture(db, numberId)) !== undefined
    return { profile: value.profile, hasPicture, readAt, trouble }
  }

  app.get(
    '/api/v1/numbers/:id/profile',
    {
      config: read,
      schema: {
        summary: 'How contacts see the number',
        description: 'While WhatsApp cannot be asked, the last it said; `trouble` says why.',
        params: IdParams,
        response: { 200: ProfileView },
      },
    },
    ({ params }) => show(params.id),
  )

  app.patch(
    '/api/v1/numbers/:id/profile',
    {
      config: manage,
      schema: {
        summary: 'Change how contacts see the number; what is left out stays',
        params: IdParams,
        body: ProfileChange,
        response: { 200: ProfileView },
      },
    },
    async (request) => {
      const { params, body } = request
      refuseFlaws(findProfileFlaws(body))
      const { phoneNumberId } = await ourNumber(db, params.id)
      const whatsapp = connected(client)
      const { profile: before, pictureUrl } = await whatsapp.getProfile(phoneNumberId)
      await whatsapp.setProfile(phoneNumberId, body)
      const now = { profile: { ...before, ...body }, pictureUrl }
      await keepReading(options, { numberId: params.id, kind: 'profile' }, now)
      const by = actorOf(request).user
      await keepChange(
        differences(before, body).map((one) => ({
          ...one,
          numberId: params.id,
          field: 'profile' as const,
          by,
        })),
      )
      return show(params.id)
    },
  )

  app.get(
    '/api/v1/numbers/:id/profile/picture',
    {
      config: read,
      schema: { summary: 'The profile picture, as it was last seen', params: IdParams },
    },
    async ({ params }, reply) => {
      await ourNumber(db, params.id)
      const kept = await keptPicture(db, params.id)
      if (kept === undefined) throw new AppError('not-found', 'there is no picture')
      return reply.type(kept.mime).send(kept.bytes)
    },
  )

  app.put(
    '/api/v1/numbers/:id/profile/picture',
    {
      config: { ...manage, isIdempotent: false },
      schema: {
        summary: 'Set the profile picture: JPEG, PNG or WebP of at most 5 MB',
        description: 'The part to keep is a square in the picture’s own pixels, else its middle.',
        consumes: pictureTypes,
        params: IdParams,
        querystring: Type.Partial(Crop),
        response: { 200: ProfileView },
      },
    },
    async (request) => {
      const { params, query } = request
      const { phoneNumberId } = await ourNumber(db, params.id)
      const { body } = request
      if (!Buffer.isBuffer(body)) throw new AppError('bad-request', 'the body is no picture')
      const square = await squareOf(body, cropIn(query))
      const whatsapp = connected(client)
      const handle = await whatsapp.uploadPicture(square.bytes, square.mime)
      await whatsapp.setProfile(phoneNumberId, { handle })
      const by = actorOf(request).user
      const change = { event: 'changed', before: null, after: null, by }
      await keepChange([{ numberId: params.id, field: 'profile-picture', ...change }])
      return show(params.id)
    },
  )
}

/** @throws AppError bad-request when only some of it is given */
function cropIn({ left, top, side }: Partial<Crop>): Crop | undefined {
  if (left !== undefined && top !== undefined && side !== undefined) return { left, top, side }
  if (left === undefined && top === undefined && side === undefined) return undefined
  throw new AppError('bad-request', 'left, top and side belong together', {
    details: { at: '/querystring', reason: 'left, top and side belong together' },
  })
}

/** Keeps the picture that WhatsApp shows. One that cannot be had now stays as it was. */
async function fetchPicture(
  { db, client }: PresenceOptions,
  numberId: string,
  url: string | null,
): Promise<void> {
  if (url === null) return forgetPicture(db, numberId)
  const known = await keptPicture(db, numberId)
  if (known?.url === url) return
  try {
    const bytes = await connected(client).downloadPicture(url)
    await keepPicture(db, numberId, { ...(await pictureAgain(bytes)), url })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}

function differences(before: Profile, change: ProfileChange) {
  const shown = (value: string | string[]) => (Array.isArray(value) ? value.join(' ') : value)
  return Object.entries(change).flatMap(([name, value]) => {
    const was = shown(before[name as keyof Profile]) // the schema allows no other members
    const is = shown(value)
    return was === is ? [] : [{ event: name, before: was, after: is }]
  })
}
