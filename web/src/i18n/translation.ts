/** The same keys as the English texts, with other texts: a missing or superfluous key is a type error. */
export type Translation<Source> = {
  [Key in keyof Source]: Source[Key] extends string ? string : Translation<Source[Key]>
}
