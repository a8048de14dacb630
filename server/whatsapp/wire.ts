/**
 * What Kontor reads of a webhook body, and nothing else: unknown members pass, absent ones are absent. Ids and times
 * come as strings or as numbers, depending on the page and the year. @see facts 5.5 to 5.13
 */
import Type, { type Static, type TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'

const Text = Type.String()
const Loose = Type.Union([Type.String(), Type.Number()])
const maybe = Type.Optional

export const Envelope = Type.Object({ entry: Type.Array(Type.Unknown()) })
export const Entry = Type.Object({
  id: maybe(Loose),
  time: maybe(Type.Unknown()),
  changes: Type.Array(Type.Unknown()),
})
export const Change = Type.Object({ field: Text, value: Type.Object({}) })
export const Value = Type.Object({
  metadata: maybe(
    Type.Object({ phone_number_id: maybe(Loose), display_phone_number: maybe(Loose) }),
  ),
  contacts: maybe(Type.Array(Type.Unknown())),
})

export const Person = Type.Object({
  profile: maybe(Type.Object({ name: maybe(Text), username: maybe(Text) })),
  wa_id: maybe(Loose),
  user_id: maybe(Text),
  parent_user_id: maybe(Text),
})

/** What every message has, whatever its type. */
export const Head = Type.Object({
  id: Text,
  from: maybe(Loose),
  from_user_id: maybe(Text),
  from_parent_user_id: maybe(Text),
  to: maybe(Loose),
  to_user_id: maybe(Text),
  to_parent_user_id: maybe(Text),
  group_id: maybe(Loose),
  timestamp: maybe(Type.Unknown()),
  type: maybe(Text),
})
export type Head = Static<typeof Head>

const Context = Type.Object({
  id: maybe(Text),
  /** As a message to the contact has it. */
  message_id: maybe(Text),
  forwarded: maybe(Type.Boolean()),
  frequently_forwarded: maybe(Type.Boolean()),
  referred_product: maybe(Type.Object({})),
})
export const WithContext = Type.Object({ context: Context })
export const WithReferral = Type.Object({ referral: Type.Object({}) })

const File = Type.Object({
  id: maybe(Loose),
  url: maybe(Text),
  mime_type: maybe(Text),
  sha256: maybe(Text),
  caption: maybe(Text),
  filename: maybe(Text),
  voice: maybe(Type.Boolean()),
})
export type File = Static<typeof File>

export const TextMessage = Type.Object({ text: Type.Object({ body: Text }) })
export const ImageMessage = Type.Object({ image: File })
export const VideoMessage = Type.Object({ video: File })
export const AudioMessage = Type.Object({ audio: File })
export const DocumentMessage = Type.Object({ document: File })
export const StickerMessage = Type.Object({ sticker: File })
export const LocationMessage = Type.Object({
  location: Type.Object({
    latitude: Loose,
    longitude: Loose,
    name: maybe(Text),
    address: maybe(Text),
  }),
})
export const ContactsMessage = Type.Object({ contacts: Type.Array(Type.Unknown()) })
export const OrderMessage = Type.Object({ order: Type.Object({ text: maybe(Text) }) })
export const ButtonMessage = Type.Object({
  button: Type.Object({ text: maybe(Text), payload: maybe(Loose) }),
})
const Choice = Type.Object({ id: maybe(Loose), title: maybe(Text), description: maybe(Text) })
export const ButtonReply = Type.Object({ interactive: Type.Object({ button_reply: Choice }) })
export const ListReply = Type.Object({ interactive: Type.Object({ list_reply: Choice }) })
export const FlowReply = Type.Object({
  interactive: Type.Object({
    nfm_reply: Type.Object({ name: maybe(Text), body: maybe(Text), response_json: maybe(Text) }),
  }),
})
export const CallPermissionReply = Type.Object({
  interactive: Type.Object({ call_permission_reply: Type.Object({ response: maybe(Text) }) }),
})
/** Something to tap that another app of the firm sent. */
export const SentInteractive = Type.Object({
  interactive: Type.Object({ body: Type.Object({ text: Text }) }),
})
/** One of ours that comes back with the past: as it was sent, with the body's text where the app knows it. */
export const TemplateMessage = Type.Object({
  template: Type.Object({
    name: Text,
    language: maybe(Type.Union([Text, Type.Object({ code: Text })])),
    components: maybe(Type.Array(Type.Unknown())),
  }),
})
export const TemplateComponent = Type.Object({
  type: Text,
  text: maybe(Text),
  parameters: maybe(Type.Array(Type.Object({ text: maybe(Text) }))),
})
export const ReactionMessage = Type.Object({
  reaction: Type.Object({ message_id: Text, emoji: maybe(Text) }),
})
export const EditMessage = Type.Object({
  edit: Type.Object({ original_message_id: Text, message: Type.Object({ type: maybe(Text) }) }),
})
export const RevokeMessage = Type.Object({ revoke: Type.Object({ original_message_id: Text }) })
export const SystemMessage = Type.Object({
  system: Type.Object({
    type: maybe(Text),
    body: maybe(Text),
    wa_id: maybe(Loose),
    new_wa_id: maybe(Loose),
    user_id: maybe(Text),
    parent_user_id: maybe(Text),
  }),
})

export const ReportedError = Type.Object({
  code: maybe(Loose),
  title: maybe(Text),
  message: maybe(Text),
  href: maybe(Text),
  error_data: maybe(Type.Object({ details: maybe(Text) })),
})

export const Status = Type.Object({
  id: Text,
  status: Text,
  type: maybe(Text),
  timestamp: maybe(Type.Unknown()),
  recipient_type: maybe(Text),
  recipient_id: maybe(Loose),
  recipient_user_id: maybe(Text),
  recipient_parent_user_id: maybe(Text),
  parent_recipient_user_id: maybe(Text),
  biz_opaque_callback_data: maybe(Text),
  errors: maybe(Type.Array(Type.Unknown())),
  pricing: maybe(Type.Unknown()),
  conversation: maybe(Type.Unknown()),
})
export type Status = Static<typeof Status>

export const Pricing = Type.Object({
  category: Text,
  billable: maybe(Type.Boolean()),
  pricing_model: maybe(Text),
  type: maybe(Text),
  cost: maybe(Type.Object({ amount: Loose, currency: Text })),
})

/** WhatsApp's own grouping of messages for billing: in older versions always, in newer ones after an ad. */
export const BilledConversation = Type.Object({
  expiration_timestamp: maybe(Type.Unknown()),
  origin: maybe(Type.Object({ type: maybe(Text) })),
})

export const HistoryChunk = Type.Object({
  threads: maybe(Type.Array(Type.Unknown())),
  errors: maybe(Type.Array(Type.Unknown())),
})
export const HistoryThread = Type.Object({
  id: maybe(Loose),
  context: maybe(Type.Object({ wa_id: maybe(Loose), user_id: maybe(Text), username: maybe(Text) })),
  messages: maybe(Type.Array(Type.Unknown())),
})
export const HistoryContext = Type.Object({ history_context: Type.Object({ status: Text }) })

export const Preference = Type.Object({
  wa_id: maybe(Loose),
  user_id: maybe(Text),
  value: Text,
  timestamp: maybe(Type.Unknown()),
})
const Rename = Type.Object({ previous: maybe(Text), current: Text })
export const UserIdUpdate = Type.Object({
  wa_id: maybe(Loose),
  user_id: Rename,
  parent_user_id: maybe(Type.Object({ previous: maybe(Text), current: maybe(Text) })),
  timestamp: maybe(Type.Unknown()),
})
export const Call = Type.Object({
  id: Text,
  from: maybe(Loose),
  to: maybe(Loose),
  from_user_id: maybe(Text),
  to_user_id: maybe(Text),
  event: maybe(Text),
  status: maybe(Text),
  duration: maybe(Loose),
  direction: maybe(Text),
  timestamp: maybe(Type.Unknown()),
})
export type Call = Static<typeof Call>

/** Copies of what another app answers, as they come on `standby`. */
export const Standby = Type.Object({
  standby: Type.Object({ contacts: maybe(Type.Array(Type.Unknown())) }),
})
/** What another app sent: the body it sent, beside the id it got. */
export const SentCopy = Type.Object({
  message: Type.Object({ to: maybe(Loose), recipient: maybe(Text), type: maybe(Text) }),
})
const Handed = Type.Object({
  previous_owner_role: maybe(Text),
  new_owner_role: maybe(Text),
})
export const Handover = Type.Object({
  sender: maybe(Type.Object({ phone_number: maybe(Loose), user_id: maybe(Text) })),
  recipient: maybe(
    Type.Object({ phone_number_id: maybe(Loose), display_phone_number: maybe(Loose) }),
  ),
  type: maybe(Text),
  timestamp: maybe(Type.Unknown()),
  control_passed: maybe(Handed),
  control_taken: maybe(Handed),
})

const validators = new WeakMap<TSchema, Validator>()

/** `value` when it has at least the shape of `schema`, else undefined. */
export function read<S extends TSchema>(schema: S, value: unknown): Static<S> | undefined {
  let validator = validators.get(schema)
  if (validator === undefined) validators.set(schema, (validator = Compile(schema)))
  return validator.Check(value) ? (value as Static<S>) : undefined // just checked against that schema
}
