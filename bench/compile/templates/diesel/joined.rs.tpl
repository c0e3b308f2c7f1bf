    number += join(door, 5)?.len();
