"""From the garment on the body to a picture: camera, depth buffer, projection for comparison, shading for showing."""
