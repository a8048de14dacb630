import type { signin as german } from '../de/signin.ts'
import type { Translation } from '../translation.ts'

export const signin: Translation<typeof german> = {
  serverTitle: 'Connect to your company server',
  serverAddress: 'Server address',
  serverHint: 'e.g. kontor.company.com',
  serverMissing: 'The server address is missing.',
  serverManaged: 'Set by IT',
  serverSilent: '{{server}} does not respond. Check the address or turn on the VPN.',
  serverOld: 'The server speaks another version. Kontor needs an update.',
  connect: 'Connect',
  otherServer: 'Another server',
  title: 'Sign in',
  titleAt: 'Sign in to {{workspace}}',
  email: 'E-mail',
  emailMissing: 'The e-mail address is missing.',
  emailWrong: 'This is not a complete e-mail address.',
  password: 'Password',
  passwordMissing: 'The password is missing.',
  signIn: 'Sign in',
  needsSetup:
    'This server has no administrator yet. Open the set-up link that the server printed on its first start.',

  setUpTitle: 'Set up Kontor',
  setUpIntro: 'The first person administers Kontor and can invite others.',
  name: 'Name',
  nameHint: 'As colleagues will see it',
  nameMissing: 'The name is missing.',
  passwordHint: 'At least {{least}} characters; a whole sentence is good',
  passwordShort: 'The password needs at least {{least}} characters.',
  passwordAgain: 'Repeat password',
  passwordsDiffer: 'The two passwords differ.',
  setUp: 'Set up',
  setUpUsed: 'This set-up link is no longer valid. Anyone who has an account can sign in.',
  toSignIn: 'Go to sign-in',

  endedTitle: 'Your session has ended',
  endedText: 'Sign in again; drafts are kept.',
  otherPerson: 'Sign in as someone else',
}
