// A chart as a file: the picture on the page with its colours written into it.

const kept = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'vector-effect', 'paint-order', 'opacity', 'fill-opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor'];

function standalone(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [originals, copies] = [svg, copy].map((root) => [...root.querySelectorAll<SVGElement>('*')]) as [SVGElement[], SVGElement[]];

  originals.forEach((original, index) => {
    const style = getComputedStyle(original);
    const target = copies[index];
    target?.removeAttribute('class');
    target?.removeAttribute('style');
    kept.forEach((name) => target?.setAttribute(name, style.getPropertyValue(name)));
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', groundUnder(svg));
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

/** The colour of the sheet that the chart lies on. */
function groundUnder(element: Element | null): string {
  if (!element) return '#ffffff';
  const colour = getComputedStyle(element).backgroundColor;

  return colour === 'rgba(0, 0, 0, 0)' || colour === 'transparent' ? groundUnder(element.parentElement) : colour;
}

/** The picture inside an element, as an SVG file or as one of pixels; nothing when there is no picture. */
export async function pictureFile(place: Element, kind: 'svg' | 'png'): Promise<Blob | null> {
  const svg = place.querySelector<SVGSVGElement>('[role=application] svg');
  if (!svg) return null;
  const source = standalone(svg);
  if (kind === 'svg') return new Blob([source], { type: 'image/svg+xml' });

  const { width, height } = svg.viewBox.baseVal;
  const image = new Image();
  // A data address, because the policy of the page allows no other.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
