/** What is said of a new installation. */
import { z } from 'zod'

const done = (description: string) => z.boolean().meta({ description })

export const setupSteps = z
  .object({
    password: done('The caller has chosen their own password'),
    company: done('The company has a name'),
    people: done('Somebody is in the directory beside the caller'),
    group: done('There is a user group'),
    application: done('There is an application'),
    flow: done('There is an approval flow'),
    mail: done('The mail server has taken a mail'),
    request: done('Somebody has asked for access'),
  })
  .meta({ id: 'SetupSteps' })
export type SetupSteps = z.output<typeof setupSteps>
