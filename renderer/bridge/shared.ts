import { createContext } from 'svelte'
import type { Api } from '../../core/contract/client.ts'
import type {
  AppState,
  Directory,
  LinkState,
  Settings,
  VerificationOverview,
  ViewCount,
} from '../../core/contract/views.ts'
import type { Conversation } from '../../core/domain/conversation.ts'
import type { Label } from '../../core/domain/label.ts'
import type { OwnNumber, Team, User } from '../../core/domain/people.ts'
import { Kept } from './kept.svelte.ts'

/** What every part of the console needs: who is signed in, how the link is, how to show things, who is who. */
export class Shared {
  readonly app: Kept<AppState>
  readonly link: Kept<LinkState>
  readonly settings: Kept<Settings>
  readonly directory: Kept<Directory>
  /** How many conversations each view holds, and how many of them have news. */
  readonly views: Kept<ViewCount[]>
  /** How our numbers stand with WhatsApp, the worst first. */
  readonly verification: Kept<VerificationOverview>

  constructor(api: Api) {
    this.app = new Kept(
      () => api.call('app.state', {}),
      (listener) => api.on('app.changed', listener),
    )
    this.link = new Kept(
      () => api.call('link.state', {}),
      (listener) => api.on('link.changed', listener),
    )
    this.settings = new Kept(
      () => api.call('settings.get', {}),
      (listener) => api.on('settings.changed', listener),
    )
    this.directory = new Kept(
      () => api.call('directory.all', {}),
      (listener) => api.on('directory.changed', listener),
    )
    this.views = new Kept(
      () => api.call('inbox.views', {}),
      (listener) => api.on('inbox.changed', listener),
    )
    this.verification = new Kept(
      () => api.call('verification.overview', {}),
      (listener) => api.on('verification.changed', listener),
    )
  }

  /** Keeps all of it fresh until the returned function is called. */
  open(): () => void {
    const { app, link, settings, directory, views, verification } = this
    const closers = [app, link, settings, directory, views, verification].map((kept) => kept.open())
    return () => {
      for (const close of closers) close()
    }
  }

  /** The person at this console. */
  get me(): User | null {
    return this.app.value?.user ?? null
  }

  user(id: string | null | undefined): User | undefined {
    return this.directory.value?.users.find((user) => user.id === id)
  }

  team(id: string | null | undefined): Team | undefined {
    return this.directory.value?.teams.find((team) => team.id === id)
  }

  /** Of labels in use, by name. */
  labelsOf({ labels }: Pick<Conversation, 'labels'>): Label[] {
    return (this.directory.value?.labels ?? []).filter(({ id }) => labels.includes(id))
  }

  number(id: string | null | undefined): OwnNumber | undefined {
    return this.directory.value?.numbers.find((number) => number.id === id)
  }
}

/** `getShared()` in any component below App; tests set their own through `show`. */
export const [getShared, setShared] = createContext<Shared>()
