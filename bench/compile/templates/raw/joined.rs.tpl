    number += join(door, 5).await?.len();
