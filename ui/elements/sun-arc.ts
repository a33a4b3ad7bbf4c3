// The sun's way over a day, seen from above: as far from the middle as it is low, east on the right.

/** Of the middle of the country; within it the picture differs by little. */
const latitude = 31;
/** how far the sun stands from the equator at midsummer, in degrees */
const tilt = 23.44;
const radius = 104;
const points = 24;

/** @returns the path of an SVG whose middle is 0 0 and whose horizon is 104 wide */
export function sunArc(season: 'summer' | 'winter'): string {
  const lat = radians(latitude);
  const declination = radians(season === 'summer' ? tilt : -tilt);
  const sunset = Math.acos(-Math.tan(lat) * Math.tan(declination));
  const at = (hour: number): string => {
    const height = Math.asin(
      Math.sin(lat) * Math.sin(declination) + Math.cos(lat) * Math.cos(declination) * Math.cos(hour),
    );
    const east = -Math.cos(declination) * Math.sin(hour);
    const north =
      Math.cos(lat) * Math.sin(declination) - Math.sin(lat) * Math.cos(declination) * Math.cos(hour);
    const far = (radius * (1 - height / (Math.PI / 2))) / (Math.hypot(east, north) || 1);
    return `${(east * far).toFixed(1)} ${(-north * far).toFixed(1)}`;
  };
  return `M${Array.from({ length: points + 1 }, (_, n) => at(sunset * ((2 * n) / points - 1))).join('L')}`;
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
