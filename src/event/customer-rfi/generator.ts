import { faker } from '@faker-js/faker/locale/en';
import type { DataOf, Generator, Traits } from '../event.js';

type DataType = 'URI' | 'DATE' | 'TEXT';

interface Field {
  field_name: string;
  data_type: DataType;
  side?: 'FRONT' | 'BACK';
}

interface Section {
  section: string;
  document_type: string;
  fields: readonly Field[];
}

const sections: readonly Section[] = [
  {
    section: 'proof_of_identity',
    document_type: 'GOVERNMENT_ID',
    fields: [
      { field_name: 'files', data_type: 'URI', side: 'FRONT' },
      { field_name: 'files', data_type: 'URI', side: 'BACK' },
      { field_name: 'issue_date', data_type: 'DATE' },
      { field_name: 'expiry_date', data_type: 'DATE' },
    ],
  },
  {
    section: 'proof_of_address',
    document_type: 'PROOF_OF_ADDRESS',
    fields: [{ field_name: 'files', data_type: 'URI' }],
  },
  {
    section: 'tos_policies_value',
    document_type: 'TOS',
    fields: [{ field_name: 'tos_policies_value', data_type: 'TEXT' }],
  },
];

/** The reasons why a field is requested. A missing field has none. */
const flaws: Readonly<Record<DataType, readonly { status: string; reason: string | null }[]>> = {
  URI: [
    { status: 'MISSING', reason: null },
    { status: 'INVALID', reason: 'The scan is too dark to read' },
    { status: 'EXPIRED', reason: 'The document has expired' },
  ],
  DATE: [
    { status: 'MISSING', reason: null },
    { status: 'INVALID', reason: 'The date differs from the document' },
  ],
  TEXT: [
    { status: 'MISSING', reason: null },
    { status: 'INVALID', reason: 'The text differs from the document' },
  ],
};

export const generator: Generator = { subject: request };

function request({ customerId = faker.string.uuid() }: Traits): DataOf {
  const asked = new Set(faker.helpers.arrayElements(sections, { min: 1, max: sections.length }));
  const requested = sections
    .filter(section => asked.has(section))
    .map(({ section, document_type, fields }) => ({
      section,
      categories: [
        {
          document_type,
          fields: fields.map(({ side, ...field }) => ({
            ...field,
            ...faker.helpers.arrayElement(flaws[field.data_type]),
            ...(side && { side }),
          })),
        },
      ],
    }));
  return () => ({ customer_id: customerId, request_for_information: requested });
}
