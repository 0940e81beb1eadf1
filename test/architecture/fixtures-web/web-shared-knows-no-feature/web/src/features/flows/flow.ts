export interface Flow {
  name: string
}
