/** RFC 9562, in either case; of any version. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function isUuid(text: string): boolean {
  return uuid.test(text)
}

/** As the database writes it: in lower case. */
export function isLowerCaseUuid(text: string): boolean {
  return isUuid(text) && text === text.toLowerCase()
}

/** The first and the last id that begin with `text`, in lower case; nothing when no id begins so. */
export function uuidsBeginning(text: string): { first: string; last: string } | undefined {
  const filledWith = (digit: string) =>
    text.toLowerCase() + '########-####-####-####-############'.slice(text.length).replaceAll('#', digit)
  return isUuid(filledWith('0')) ? { first: filledWith('0'), last: filledWith('f') } : undefined
}
