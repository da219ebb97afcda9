// The few drawings of the interface, on a 20-pixel grid. They repeat what a word says, so they are silent.
import type { ReactNode } from 'react';
import styles from './icons.module.css';

function icon(drawing: ReactNode) {
  return function Icon() {
    return (
      <svg className={styles.icon} viewBox="0 0 20 20" aria-hidden="true">
        {drawing}
      </svg>
    );
  };
}

export const IconCheck = icon(<path d="m4 10.5 4 4 8-9" />);
export const IconClose = icon(<path d="m5 5 10 10M15 5 5 15" />);
export const IconDown = icon(<path d="m5 7.5 5 5 5-5" />);
export const IconNext = icon(<path d="m7.5 5 5 5-5 5" />);
export const IconMore = icon(<path d="M4.5 10h.01M10 10h.01M15.5 10h.01" strokeWidth="2.6" />);
export const IconSearch = icon(<path d="m17 17-4.2-4.2M14.5 8.8a5.7 5.7 0 1 1-11.4 0 5.7 5.7 0 0 1 11.4 0Z" />);
export const IconKey = icon(
  <path d="M12.8 3a4.2 4.2 0 0 0-4 5.5L3 14.3V17h2.7l1-1v-1.6h1.6l3.2-3.2A4.2 4.2 0 1 0 12.8 3Zm1 3.2h.01" />,
);
export const IconLink = icon(
  <path d="M8.5 11.5a3 3 0 0 0 4.4.2l2.7-2.7a3 3 0 0 0-4.3-4.3L10.2 5.8M11.5 8.5a3 3 0 0 0-4.4-.2L4.4 11a3 3 0 0 0 4.3 4.3l1.1-1.1" />,
);
export const IconDatabase = icon(
  <path d="M3.5 5c0-1.4 2.9-2.5 6.5-2.5s6.5 1.1 6.5 2.5-2.9 2.5-6.5 2.5S3.5 6.4 3.5 5Zm0 0v10c0 1.4 2.9 2.5 6.5 2.5s6.5-1.1 6.5-2.5V5m-13 5c0 1.4 2.9 2.5 6.5 2.5s6.5-1.1 6.5-2.5" />,
);
export const IconTable = icon(<path d="M3 4h14v12H3zM3 8.5h14M8 8.5V16" />);
export const IconPeople = icon(
  <path d="M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2 16.5c0-2.5 2.3-4 5.5-4s5.5 1.5 5.5 4M13 3.8a3 3 0 0 1 0 5.4M15 12.8c1.8.5 3 1.8 3 3.7" />,
);
export const IconPerson = icon(<path d="M10 9.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM3.5 17c0-2.8 2.8-4.5 6.5-4.5s6.5 1.7 6.5 4.5" />);
export const IconEye = icon(
  <path d="M2 10s3-5.5 8-5.5 8 5.5 8 5.5-3 5.5-8 5.5S2 10 2 10Zm8 2.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z" />,
);
export const IconEyeOff = icon(
  <path d="M3 3l14 14M8.2 4.7A8 8 0 0 1 10 4.5c5 0 8 5.5 8 5.5a13 13 0 0 1-2.4 3M5 6.2A13 13 0 0 0 2 10s3 5.5 8 5.5a8 8 0 0 0 3.6-.9" />,
);
export const IconPlus = icon(<path d="M10 4v12M4 10h12" />);
export const IconUndo = icon(<path d="M7.5 4 3.5 8l4 4M4 8h8a4.5 4.5 0 0 1 0 9H9" />);
export const IconRedo = icon(<path d="m12.5 4 4 4-4 4M16 8H8a4.5 4.5 0 0 0 0 9h3" />);
export const IconPlay = icon(<path d="M6 4.5v11l9-5.5z" />);
export const IconChart = icon(<path d="M3.5 16.5h13M6 13.5v-4M10 13.5v-8M14 13.5v-6" />);
export const IconDashboard = icon(<path d="M3.5 3.5h5.5v7H3.5zM11 3.5h5.5V8H11zM11 10.5h5.5v6H11zM3.5 13h5.5v3.5H3.5z" />);
export const IconFolder = icon(<path d="M2.5 15.5V5h5l1.5 2h8.5v8.5z" />);
export const IconPin = icon(<path d="M7 3h6l-.8 5.5 2.3 2.5h-9l2.3-2.5zM10 11v6" />);
export const IconTrash = icon(<path d="M3.5 5.5h13M8 5V3.2h4V5M5 5.5l.8 11h8.4l.8-11" />);
export const IconShare = icon(<path d="M10 12V3M6.5 6 10 2.8 13.5 6M4 10v6.5h12V10" />);
export const IconEdit = icon(<path d="m4 16 .7-3.3L13.5 4l2.6 2.6-8.8 8.7zM12 5.5 14.5 8" />);
export const IconSettings = icon(<path d="M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4" />);
