export { Chart, type ChartProps } from './chart';
export { draw, legendOf } from './draw';
export { chooseDisplay, kindOf, kinds, type Kind } from './kinds';
export { prepareMap } from './maps';
export { outlineOf } from './map/outline';
export { propertiesOf, setOwnMaps } from './map/own';
export { pictureFile } from './picture-file';
export { inkAt, inkCount } from './ask';
export { chosenColumns, seriesOf } from './series';
