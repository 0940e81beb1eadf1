/** A person, as records and mails name them. */
export interface Person {
  id: string
  name: string
  email: string
}
