const nameSorts = ['name', '-name', 'createdAt', '-createdAt'] as const

/** How a list of named things is sorted by an address; by name when it does not say. */
export function nameSortOf(sort: string | undefined): (typeof nameSorts)[number] {
  return nameSorts.find((each) => each === sort) ?? 'name'
}
