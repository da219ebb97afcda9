// How a box or a list tells its form that it was changed: unlike texts, they do so by no event of the page.
import { createContext } from 'react';

export const FieldChange = createContext<(name: string) => void>(() => {});
