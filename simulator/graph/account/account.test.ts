import { expect, test } from 'vitest'
import { aDesk } from '../../testing/desk.ts'
import { startSink } from '../../testing/sink.ts'

const until = { timeout: 5000, interval: 5 }

test('the app can name its own address and fields, and hears only those', async () => {
  await using desk = await aDesk()
  const own = await startSink('geheim')
  const { appId, appSecret } = desk.account
  const path = `/${appId}/subscriptions?access_token=${appId}|${appSecret}`
  const wish = {
    object: 'whatsapp_business_account',
    callback_url: own.url,
    verify_token: 'geheim',
    fields: 'messages,account_update',
  }
  expect((await desk.graph(path, { ...wish, verify_token: 'falsch' })).body.error.code).toBe(2200)
  expect((await desk.graph(path, wish)).body).toEqual({ success: true })
  expect((await desk.graph(path)).body.data).toMatchObject([
    {
      callback_url: own.url,
      active: true,
      fields: [{ name: 'messages' }, { name: 'account_update' }],
    },
  ])
  await desk.control('/account', { review: 'PENDING', violation: 'SPAM' }, 'PATCH')
  await desk.person({ name: 'Ada', phone: '+4915123456789' })
  await expect.poll(() => own.messages().length, until).toBe(1)
  expect(own.values('account_update')).toHaveLength(1)
  expect(own.values('account_review_update')).toEqual([])
  await own.close()
})

test('an app gets its token for its secret, without one', async () => {
  await using desk = await aDesk()
  const { appId, appSecret } = desk.account
  const ask = async (query: string) =>
    (await (await fetch(`${desk.url}/oauth/access_token?${query}`)).json()) as object
  const grant = `client_id=${appId}&grant_type=client_credentials`
  expect(await ask(`${grant}&client_secret=${appSecret}`)).toEqual({
    access_token: `${appId}|${appSecret}`,
    token_type: 'bearer',
  })
  expect(await ask(`${grant}&client_secret=wrong`)).toMatchObject({ error: { code: 1 } })
  expect(await ask(`client_id=${appId}&client_secret=${appSecret}&code=abc`)).toMatchObject({
    error: { code: 100 },
  })
})

test('people are assigned to the account with tasks, and removed', async () => {
  await using desk = await aDesk()
  const path = `/${desk.account.accountId}/assigned_users`
  const query = `?user=77&tasks=["MANAGE","VIEW_COST"]`
  expect((await desk.graph(`${path}${query}`, undefined, 'POST')).body).toEqual({ success: true })
  expect((await desk.graph(path)).body.data).toMatchObject([
    { id: '77', tasks: ['MANAGE', 'VIEW_COST'] },
  ])
  expect((await desk.graph(`${path}?user=77&tasks=FLY`, undefined, 'POST')).body.error.code).toBe(
    100,
  )
  await desk.graph(`${path}?user=77`, undefined, 'DELETE')
  expect((await desk.graph(path)).body.data).toEqual([])
})

test('the business lists its own accounts and those of its clients', async () => {
  await using desk = await aDesk()
  const { accountId, businessId } = desk.account
  const ids = async (edge: string) =>
    ((await desk.graph(`/${businessId}/${edge}`)).body.data as { id: string }[]).map(({ id }) => id)
  expect(await ids('owned_whatsapp_business_accounts')).toEqual([accountId])
  expect(await ids('client_whatsapp_business_accounts')).toEqual([])
  await desk.control('/account', { ownershipType: 'CLIENT_OWNED' }, 'PATCH')
  expect(await ids('client_whatsapp_business_accounts')).toEqual([accountId])
})

test('the account’s switches are set by Graph, and insights stay on', async () => {
  await using desk = await aDesk()
  const path = `/${desk.account.accountId}`
  expect(
    (await desk.graph(`${path}?is_enabled_for_insights=true`, undefined, 'POST')).body,
  ).toEqual({
    id: desk.account.accountId,
  })
  expect((await desk.graph(path, { is_enabled_for_insights: false })).body.error.code).toBe(200006)
  expect((await desk.graph(path, { name: 'Nordwerk Nord', timezone_id: '1' })).body).toEqual({
    success: true,
  })
  const fields = 'name,timezone_id,is_enabled_for_insights'
  expect((await desk.graph(`${path}?fields=${fields}`)).body).toMatchObject({
    name: 'Nordwerk Nord',
    timezone_id: '1',
    is_enabled_for_insights: true,
  })
})

const accountFields =
  'id,name,timezone_id,message_template_namespace,account_review_status,business_verification_status,country,currency,creation_time,health_status,is_enabled_for_insights,is_shared_with_partners,owner_business,owner_business_info,on_behalf_of_business_info,ownership_type,primary_business_location,primary_funding_id,purchase_order_number,status,auth_international_rate_eligibility,marketing_messages_lite_api_status,marketing_messages_onboarding_status,whatsapp_business_manager_messaging_limit,disable_marketing_messages_on_cloud_api,degrees_of_freedom_spec'
const numberFields =
  'id,display_phone_number,verified_name,quality_rating,quality_score,name_status,new_display_name,new_name_status,certificate,new_certificate,code_verification_status,is_official_business_account,official_business_account,is_pin_enabled,is_on_biz_app,is_preverified_number,account_mode,platform_type,host_platform,status,throughput,health_status,webhook_configuration,whatsapp_business_manager_messaging_limit,messaging_limit_tier,country_code,country_dial_code,unified_cert_status,search_visibility,eligibility_for_api_business_global_search,last_onboarded_time,conversational_automation,username'

test('everything Meta’s pages name of an account and a number can be asked for', async () => {
  await using desk = await aDesk()
  const { accountId } = desk.account
  expect((await desk.graph(`/${accountId}?fields=${accountFields}`)).status).toBe(200)
  expect((await desk.graph(`/${desk.numberId}?fields=${numberFields}`)).status).toBe(200)
  expect(
    (await desk.graph(`/${accountId}/phone_numbers?fields=${numberFields}`)).body.data,
  ).toHaveLength(2)
})
