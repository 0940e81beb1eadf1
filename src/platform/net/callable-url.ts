/** The URLs the service takes and calls: http or https, and no credentials, which would end up in logs and answers. */
import { type FieldProblem, fieldProblem } from '../../domain/shared/field-errors.ts'

export function callableUrl(text: string): URL | undefined {
  return URL.canParse(text) && urlProblem(text) === undefined ? new URL(text) : undefined
}

/** Why a text is no URL that the service takes, after the words "it …"; nothing when it is one. */
export function urlProblem(text: string): FieldProblem | undefined {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    return fieldProblem('invalid_format', 'must be an http or https address', { format: 'url' })
  if (hasUserInformation(text))
    return fieldProblem(
      'credentials_in_url',
      'must not hold a user name or password (before an @): everybody who sees the address would see them',
    )
  return undefined
}

/** True for `user:password@host`, also when both are empty. @param text a URL that can be parsed */
export function hasUserInformation(text: string): boolean {
  const { username, password } = new URL(text)
  // Parsing leaves out characters that stand for nothing, and an @ with nothing before it.
  const bare = text.replaceAll(/[\t\n\r]/g, '').trim()
  return username !== '' || password !== '' || /^[a-z][a-z\d+.-]*:[\\/]*[^\\/?#]*@/i.test(bare)
}
