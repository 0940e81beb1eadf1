/** Users, groups and applications are made from inside other forms by the dialogs of their own pages. */
import type { Makers } from '../../components/making/makers.ts'
import { type Namespace, texts } from '../../i18n/i18n.ts'
import { lazy } from '../../lib/lazy.ts'

/** The dialog speaks the words of its own page, which have to be there as well. */
async function withTexts<Module>(namespace: Namespace, load: () => Promise<Module>): Promise<Module> {
  const [module] = await Promise.all([load(), texts(namespace)({ preload: false })])
  return module
}

const users = () => import('../../features/users/components/create-user-dialog.tsx')
const groups = () => import('../../features/groups/components/create-group-dialog.tsx')
const applications = () => import('../../features/applications/components/create-application-dialog.tsx')

export const makers: Makers = {
  user: lazy(async () => (await withTexts('users', users)).CreateUserDialog),
  group: lazy(async () => (await withTexts('groups', groups)).CreateGroupDialog),
  application: lazy(async () => (await withTexts('applications', applications)).CreateApplicationDialog),
}
