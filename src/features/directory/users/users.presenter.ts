import type { UserView } from './users.repository.ts'
import type { User } from './users.schemas.ts'

/** A user as answers show them. */
export function presentUser({
  id,
  name,
  email,
  department,
  jobTitle,
  manager,
  managerId,
  managedBy,
  state,
  roles,
  createdAt,
  updatedAt,
}: UserView): User {
  return { id, name, email, department, jobTitle, manager, managerId, managedBy, state, roles, createdAt, updatedAt }
}
