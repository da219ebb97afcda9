// Small signs between words. They are drawn: looking through the fonts of the machine for one costs a page more than all
// its pictures, and each machine shows another. They repeat what words say, so they are silent.
const filled = 'currentColor';

const signs = {
  up: <path d="M5 1.5 9.5 9h-9z" fill={filled} />,
  down: <path d="M5 8.5.5 1h9z" fill={filled} />,
  away: <path d="M2 8l6-6M3 2h5v5" fill="none" stroke={filled} strokeWidth="1.2" />,
  whole: <path d="M1 6v3h3M9 4V1H6M1 9l3-3M9 1 6 4" fill="none" stroke={filled} />,
};

export function Sign({ name }: { name: keyof typeof signs }) {
  return (
    <svg viewBox="0 0 10 10" width="0.75em" height="0.75em" aria-hidden="true">
      {signs[name]}
    </svg>
  );
}
