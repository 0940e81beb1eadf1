/** Groups, applications and flows of the demo company: every kind of flow once. */
import type { ApproverRule } from '../domain/flow/flow.ts'

export interface DemoGroup {
  key: string
  name: string
  description: string
  members: string[]
}

const access = (key: string, name: string, members: string[] = []): DemoGroup => ({
  key,
  name,
  description: `Gives access to ${name.replace(/ (Users|Editors|Analysts|On-Call|Admins)$/, '')}.`,
  members,
})

export const demoGroups: DemoGroup[] = [
  access('github', 'GitHub Users', ['lukas', 'chloe', 'anika', 'nadia', 'diego']),
  access('aws', 'AWS Production', ['lukas', 'nadia']),
  access('figma', 'Figma Editors', ['zoe', 'chloe']),
  access('salesforce', 'Salesforce Users', ['tobias']),
  access('snowflake', 'Snowflake Analysts', ['leila', 'viktor']),
  access('netsuite', 'NetSuite Users', ['ines', 'camille']),
  access('datadog', 'Datadog Users', ['lukas', 'nadia']),
  access('vpn', 'Data Center VPN', ['ruben', 'mei']),
  access('adobe', 'Adobe Creative Cloud', ['zoe']),
  access('notion', 'Notion Users', ['helena', 'marcus', 'priya', 'yusuf', 'sofia']),
  access('zoom', 'Zoom Webinars', ['priya', 'isla']),
  access('linear', 'Linear Users', ['anika', 'lukas', 'chloe']),
  {
    key: 'security',
    name: 'Security Reviewers',
    description: 'Review access to production systems.',
    members: ['ruben', 'freya', 'sofia'],
  },
  {
    key: 'stewards',
    name: 'Data Stewards',
    description: 'Decide who may see customer data; two of them have to agree.',
    members: ['leila', 'viktor', 'samir'],
  },
  {
    key: 'finance',
    name: 'Finance Department',
    description: 'Everyone in Finance.',
    members: ['ines', 'camille', 'peter', 'aisha'],
  },
  {
    key: 'design-board',
    name: 'Design Board',
    description: 'Owns design tools. Nobody has been appointed yet.',
    members: [],
  },
]

export interface DemoApplication {
  key: string
  name: string
  url: string
  color: string
  groups: string[]
}

export const demoApplications: DemoApplication[] = [
  { key: 'github', name: 'GitHub', url: 'https://github.example.com', color: '#1f2937', groups: ['github'] },
  { key: 'aws', name: 'AWS Console', url: 'https://aws.example.com', color: '#d97706', groups: ['aws'] },
  { key: 'figma', name: 'Figma', url: 'https://figma.example.com', color: '#9333ea', groups: ['figma'] },
  {
    key: 'salesforce',
    name: 'Salesforce',
    url: 'https://salesforce.example.com',
    color: '#0284c7',
    groups: ['salesforce'],
  },
  {
    key: 'snowflake',
    name: 'Snowflake',
    url: 'https://snowflake.example.com',
    color: '#0ea5e9',
    groups: ['snowflake'],
  },
  { key: 'netsuite', name: 'NetSuite', url: 'https://netsuite.example.com', color: '#475569', groups: ['netsuite'] },
  { key: 'datadog', name: 'Datadog', url: 'https://datadog.example.com', color: '#7c3aed', groups: ['datadog'] },
  { key: 'vpn', name: 'Data Center VPN', url: 'https://vpn.example.com', color: '#0f766e', groups: ['vpn'] },
  { key: 'adobe', name: 'Adobe Creative Cloud', url: 'https://adobe.example.com', color: '#dc2626', groups: ['adobe'] },
  { key: 'notion', name: 'Notion', url: 'https://notion.example.com', color: '#374151', groups: ['notion'] },
  { key: 'zoom', name: 'Zoom Webinars', url: 'https://zoom.example.com', color: '#2563eb', groups: ['zoom'] },
  { key: 'linear', name: 'Linear', url: 'https://linear.example.com', color: '#4f46e5', groups: ['linear', 'github'] },
]

type DemoApprover = Pick<ApproverRule, 'kind' | 'required'> & { user?: string; group?: string }

export interface DemoFlow {
  key: string
  name: string
  description: string
  color: string
  group: string
  visibleTo?: string[]
  approvalType: 'manual' | 'automatic'
  approvalRequirement: 'any' | 'all' | 'sequential'
  approvers: DemoApprover[]
  durations?: string[]
  connector?: 'gateway'
}

const presets = ['P5D', 'P10D', 'P30D', 'P60D', 'P90D']

export const demoFlows: DemoFlow[] = [
  {
    key: 'github',
    name: 'GitHub',
    description: 'Repositories, pull requests and actions of the company organisation.',
    color: '#1f2937',
    group: 'github',
    approvalType: 'manual',
    approvalRequirement: 'any',
    approvers: [{ kind: 'manager' }],
  },
  {
    key: 'aws',
    name: 'AWS Production',
    description: 'Console and command line access to the production account. Always for a limited time.',
    color: '#d97706',
    group: 'aws',
    approvalType: 'manual',
    approvalRequirement: 'sequential',
    approvers: [
      { kind: 'manager' },
      { kind: 'resource_owner', user: 'lukas' },
      { kind: 'user_group', group: 'security', required: 1 },
    ],
    durations: ['PT8H', 'P5D', 'P10D', 'P30D'],
  },
  {
    key: 'figma',
    name: 'Figma Viewer',
    description: 'Look at and comment on designs. Everyone gets it at once.',
    color: '#9333ea',
    group: 'figma',
    approvalType: 'automatic',
    approvalRequirement: 'any',
    approvers: [],
  },
  {
    key: 'salesforce',
    name: 'Salesforce',
    description: 'Accounts, opportunities and forecasts. IT checks the number of licences.',
    color: '#0284c7',
    group: 'salesforce',
    approvalType: 'manual',
    approvalRequirement: 'any',
    approvers: [{ kind: 'administrator' }],
    durations: presets,
  },
  {
    key: 'snowflake',
    name: 'Snowflake Customer Data',
    description: 'Query access to customer data. The owner and two data stewards have to agree.',
    color: '#0ea5e9',
    group: 'snowflake',
    approvalType: 'manual',
    approvalRequirement: 'all',
    approvers: [
      { kind: 'resource_owner', user: 'leila' },
      { kind: 'user_group', group: 'stewards', required: 2 },
    ],
    durations: presets,
  },
  {
    key: 'netsuite',
    name: 'NetSuite',
    description: 'General ledger and payables. Only people in Finance can ask for it.',
    color: '#475569',
    group: 'netsuite',
    visibleTo: ['finance'],
    approvalType: 'manual',
    approvalRequirement: 'all',
    approvers: [{ kind: 'manager' }, { kind: 'user', user: 'ines' }],
  },
  {
    key: 'vpn',
    name: 'Data Center VPN',
    description: 'Network access to the data center, given in the VPN gateway.',
    color: '#0f766e',
    group: 'vpn',
    approvalType: 'manual',
    approvalRequirement: 'any',
    approvers: [{ kind: 'administrator' }],
    connector: 'gateway',
  },
  {
    key: 'adobe',
    name: 'Adobe Creative Cloud',
    description: 'Photoshop, Illustrator and InDesign.',
    color: '#dc2626',
    group: 'adobe',
    approvalType: 'manual',
    approvalRequirement: 'any',
    approvers: [{ kind: 'manager' }, { kind: 'user_group', group: 'design-board', required: 1 }],
    durations: ['P30D', 'P90D'],
  },
]
