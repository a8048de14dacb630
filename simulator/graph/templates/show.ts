import type { Template } from '../../world/template.ts'
import { enumsOf, optionalText, type Call } from '../call.ts'
import { unsupportedRequest } from '../errors.ts'
import { project, type NodeFields } from '../fields.ts'
import { pageOf } from '../paging.ts'

const usual = [
  'name',
  'parameter_format',
  'components',
  'language',
  'status',
  'category',
  'previous_category',
  'message_send_ttl_seconds',
  'id',
]

export function showTemplate({ node, values }: Call<'template'>) {
  return project(fieldsOf(node.template), optionalText(values, 'fields'), usual, 'MessageTemplate')
}

/** By way of the account, as some clients ask for one. */
export function showTemplateOf(call: Call<'account'>) {
  const template = call.world.templates.get(call.item ?? '')
  if (!template) throw unsupportedRequest('get', call.item ?? '')
  return showTemplate({ ...call, node: { kind: 'template', template } })
}

export function listTemplates(call: Call<'account'>) {
  const { world, values, address } = call
  const name = optionalText(values, 'name')
  const content = optionalText(values, 'name_or_content')?.toLowerCase()
  const filters = filterable.map((field) => ({
    field,
    wanted: enumsOf(values, field),
  }))
  const found = [...world.templates.values()].filter(
    (one) =>
      (name === undefined || one.name === name) &&
      (content === undefined ||
        JSON.stringify([one.name, one.components]).toLowerCase().includes(content)) &&
      filters.every(
        ({ field, wanted }) => !wanted || wanted.includes(valueOf(one, field).toUpperCase()),
      ),
  )
  const fields = optionalText(values, 'fields')
  const shown = found.map((one) => project(fieldsOf(one), fields, usual, 'MessageTemplate'))
  return pageOf(shown, values, address)
}

const filterable = [
  'status',
  'category',
  'language',
  'quality_score',
  'source',
  'correct_category',
] as const

function valueOf(template: Template, field: (typeof filterable)[number]): string {
  if (field === 'quality_score') return template.quality_score.score
  if (field === 'source') return template.source ?? 'manual'
  return template[field] ?? ''
}

function fieldsOf(template: Template): NodeFields {
  return {
    id: () => template.id,
    name: () => template.name,
    language: () => template.language,
    status: () => template.status,
    category: () => template.category,
    previous_category: () => template.previous_category,
    correct_category: () => template.correct_category ?? '',
    sub_category: () => template.sub_category,
    components: () => template.components,
    parameter_format: () => template.parameter_format,
    quality_score: () => template.quality_score,
    rejected_reason: () => template.rejected_reason,
    message_send_ttl_seconds: () => template.message_send_ttl_seconds,
    library_template_name: () => template.library_template_name,
    source: () => template.source ?? 'manual',
    bid_spec: () => template.bid_spec,
    degrees_of_freedom_spec: () => undefined,
    display_format: () => undefined,
    is_sms_fallback_enabled: () => undefined,
    cta_url_link_tracking_opted_out: () => template.cta_url_link_tracking_opted_out,
    is_primary_device_delivery_only: () => undefined,
    last_updated_time: () => template.last_updated_time,
    health_status: () => ({
      can_send_message: template.status === 'APPROVED' ? 'AVAILABLE' : 'BLOCKED',
      entities: [
        {
          entity_type: 'MESSAGE_TEMPLATE',
          id: template.id,
          can_send_message: template.status === 'APPROVED' ? 'AVAILABLE' : 'BLOCKED',
          ...(template.status === 'APPROVED'
            ? {}
            : {
                errors: [
                  {
                    error_code: 141002,
                    error_description: 'The template is not approved.',
                    possible_solution: 'Wait for the review or edit the template.',
                  },
                ],
              }),
        },
      ],
    }),
  }
}
