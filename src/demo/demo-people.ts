/** A company of forty: department, job, manager. Names are invented; addresses are in a domain reserved for examples. */

export interface DemoPerson {
  key: string
  name: string
  department: string
  jobTitle: string
  /** Key of the manager; nobody's for whoever is at the top, or was forgotten. */
  manager?: string
  isAdministrator?: true
  state?: 'staged' | 'suspended'
}

type Line = [key: string, name: string, jobTitle: string, manager?: string]

function team(department: string, lines: Line[]): DemoPerson[] {
  return lines.map(([key, name, jobTitle, manager]) => ({
    key,
    name,
    department,
    jobTitle,
    ...(manager ? { manager } : {}),
  }))
}

const everybody: DemoPerson[] = [
  ...team('Executive', [
    ['helena', 'Helena Brandt', 'Chief Executive Officer'],
    ['marcus', 'Marcus Oyelaran', 'Chief Technology Officer', 'helena'],
    ['ines', 'Inês Carvalho', 'Chief Financial Officer', 'helena'],
    ['tobias', 'Tobias Lindqvist', 'VP Sales', 'helena'],
    ['priya', 'Priya Raghunathan', 'VP Marketing', 'helena'],
    ['yusuf', 'Yusuf Demir', 'VP People', 'helena'],
  ]),
  ...team('Information Technology', [
    ['sofia', 'Sofia Marchetti', 'Head of IT', 'marcus'],
    ['daniel', 'Daniel Okafor', 'IT Administrator', 'sofia'],
    ['mei', 'Mei Tanaka', 'Systems Administrator', 'sofia'],
    ['ruben', 'Rubén Castillo', 'Security Engineer', 'sofia'],
    ['freya', 'Freya Nilsson', 'Security Engineer', 'sofia'],
  ]),
  ...team('Engineering', [
    ['anika', 'Anika Sharma', 'Director of Engineering', 'marcus'],
    ['lukas', 'Lukas Weber', 'Engineering Manager, Platform', 'anika'],
    ['chloe', 'Chloé Dubois', 'Engineering Manager, Product', 'anika'],
    ['omar', 'Omar Haddad', 'Senior Platform Engineer', 'lukas'],
    ['nadia', 'Nadia Petrova', 'Site Reliability Engineer', 'lukas'],
    ['ethan', 'Ethan Brooks', 'Platform Engineer', 'lukas'],
    ['hana', 'Hana Kim', 'Frontend Engineer', 'chloe'],
    ['diego', 'Diego Fernández', 'Backend Engineer', 'chloe'],
    ['amara', 'Amara Nwosu', 'Backend Engineer', 'chloe'],
    ['jonas', 'Jonas Bakker', 'QA Engineer', 'chloe'],
  ]),
  ...team('Data', [
    ['leila', 'Leila Farahani', 'Head of Data', 'marcus'],
    ['viktor', 'Viktor Novák', 'Data Engineer', 'leila'],
    ['grace', 'Grace Mwangi', 'Data Analyst', 'leila'],
    ['samir', 'Samir Patel', 'Data Scientist', 'leila'],
  ]),
  ...team('Finance', [
    ['camille', 'Camille Laurent', 'Financial Controller', 'ines'],
    ['peter', 'Peter Hofmann', 'Accountant', 'camille'],
    ['aisha', 'Aisha Rahman', 'Accounts Payable Specialist', 'camille'],
  ]),
  ...team('Sales', [
    ['olivia', 'Olivia Grant', 'Sales Manager', 'tobias'],
    ['mateo', 'Mateo Silva', 'Account Executive', 'olivia'],
    ['emma', 'Emma Johansson', 'Account Executive', 'olivia'],
    ['kwame', 'Kwame Mensah', 'Solutions Engineer', 'olivia'],
  ]),
  ...team('Marketing', [
    ['zoe', 'Zoe Papadopoulos', 'Brand Manager', 'priya'],
    ['noah', 'Noah van Dijk', 'Content Designer', 'zoe'],
    ['isla', 'Isla MacLeod', 'Campaign Manager', 'zoe'],
  ]),
  ...team('People', [
    ['maria', 'Maria Kowalska', 'People Partner', 'yusuf'],
    ['theo', 'Theo Anders', 'Recruiter', 'yusuf'],
  ]),
  ...team('Contractors', [
    // New arrivals whose manager nobody has entered yet.
    ['rosa', 'Rosa Delgado', 'Contract Designer'],
    ['ivan', 'Ivan Horvat', 'Contract Developer'],
    ['bea', 'Bea Lindholm', 'Interim Analyst'],
    ['carl', 'Carl Ostrander', 'Former Team Lead', 'anika'],
  ]),
]

const changes: Record<string, Partial<DemoPerson>> = {
  sofia: { isAdministrator: true },
  daniel: { isAdministrator: true },
  carl: { state: 'suspended' },
}

export const demoPeople: DemoPerson[] = everybody.map((person) => ({ ...person, ...changes[person.key] }))

export function demoEmail({ name }: DemoPerson): string {
  const ascii = name
    .normalize('NFD')
    .replaceAll(/[^\x20-\x7e]/g, '')
    .toLowerCase()
  return `${ascii.split(' ').join('.')}@example.test`
}
