"""How long the pictures of a worn garment take: python benchmarks/raster.py

CPU milliseconds, best and median of the runs, with everything compiled; and how much memory all of it takes.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from garment_3d import assemble
from pattern_generator import draft_pattern
from studio.design import starting_design
from studio.flat import laid_flat
from studio.judging.backdrop import Backdrop, surround_of
from studio.judging.camera import Camera, bounding_box
from studio.judging.flat_lay import laid_picture
from studio.judging.landmarks import landmark_places
from studio.judging.projection import render_3d_to_image, whole_figure
from studio.judging.raster import rasterised
from studio.judging.scene import Scene
from studio.judging.shading import photographed
from studio.textures import cloth_texture
from studio.vocabulary import Colour, Fabric, GarmentType, Print
from training.make_pictures import pair_of

RUNS = 7
PAIRS = 24


def lap(name: str, work: Callable[[], object]) -> None:
    work()
    laps = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        laps.append(1000 * (time.process_time() - start))
    print(f"{name:<44} {min(laps):8.2f} {float(np.median(laps)):8.2f}")


def garment(kind: GarmentType) -> None:
    pattern = draft_pattern(starting_design(kind))
    assembly = assemble(pattern)
    scene = Scene.of(assembly)
    texture = cloth_texture(Fabric.SILK, Colour.RED, Print.CHECK, seed=2)
    print(f"{kind}, {len(scene.triangles)} triangles with the mannequin{'':<14} best   median  ms")
    lap("scene with normals", lambda: Scene.of(assembly).normals)
    lap("landmarks in space", lambda: landmark_places(pattern, assembly))
    for side in (256, 512):
        camera = whole_figure(assembly, size=(side, side))
        places = landmark_places(pattern, assembly)
        lap(f"depth buffer {side}", lambda c=camera: rasterised(scene.projected(c), scene.triangles, c.size))
        lap(f"projection {side}", lambda c=camera, p=places: render_3d_to_image(scene, camera=c, landmarks=p))
        lap(f"projection {side}, textured", lambda c=camera: render_3d_to_image(scene, camera=c, texture=texture))
    box = bounding_box(*(surface.points for surface in assembly.surfaces))
    camera = Camera.framing(box, size=(512, 384), azimuth_deg=25, elevation_deg=6, fov_deg=28)
    for backdrop in (Backdrop.ROOM, Backdrop.WHITE):
        room = surround_of(backdrop, seed=1)
        lap(f"photograph 384 x 512, {backdrop}", lambda r=room: photographed(scene, camera, texture, surround=r))
    flat = laid_flat(pattern).front
    lap("laid picture 384 x 512", lambda: laid_picture(flat, texture, size=(512, 384), ground=np.full(3, 0.8)))


def main() -> None:
    cv2.setNumThreads(1)
    for kind in (GarmentType.DRESS, GarmentType.SHIRT):
        garment(kind)
    start = time.process_time()
    for number in range(PAIRS):
        pair_of(9, number)
    spent = time.process_time() - start
    print(f"pairs from the draft on, wrapped, not saved: {2 * PAIRS / spent:.1f} pictures/s and core")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
