//! Draws the tree of a badge's SVG: what badges have many of in short ways of our own, the rest by resvg.
//!
//! The short ways are the blurred shadows of texts (see [`shadow`](crate::shadow)) and the background with its round
//! corners. resvg draws that on a layer of its own, masks it twice, and blends it with an image that is still empty.

use resvg::{
    tiny_skia::{IntRect, IntSize, Mask, NonZeroRect, Pixmap, PixmapMut, Transform},
    usvg::{BlendMode, ClipPath, Group, Node, Opacity, Tree},
};

use crate::{
    fill::{fill, rule},
    shadow,
};

/// Above this width tiny-skia draws in tiles, whose edges are rounded apart from each other.
const MAX_WIDTH: u32 = 4096;

/// Draws the tree; `None` if that needs a feature of resvg that is not available on its own.
pub(crate) fn draw(tree: &Tree, size: IntSize, scale: f32) -> Option<Pixmap> {
    if size.width() > MAX_WIDTH {
        return None;
    }
    let mut canvas = Canvas { pixels: Pixmap::new(size.width(), size.height())?, is_empty: true };
    canvas.draw_children(tree.root(), Transform::from_scale(scale, scale))?;
    Some(canvas.pixels)
}

/// An image that is being drawn.
struct Canvas {
    pixels: Pixmap,
    is_empty: bool,
}

impl Canvas {
    fn draw_children(&mut self, parent: &Group, transform: Transform) -> Option<()> {
        for node in parent.children() {
            if let Node::Group(group) = node
                && !group.should_isolate()
            {
                self.draw_children(group, transform.pre_concat(group.transform()))?;
                continue;
            }
            if self.draw_shortly(node, transform).is_none() {
                self.draw_by_resvg(node, transform)?;
            }
            self.is_empty = false;
        }
        Some(())
    }

    fn draw_shortly(&mut self, node: &Node, transform: Transform) -> Option<()> {
        match node {
            Node::Group(group) if !group.filters().is_empty() => shadow::draw(group, transform, &mut self.pixels),
            Node::Group(group) if self.is_empty => self.draw_background(group, transform),
            _ => None,
        }
    }

    fn draw_by_resvg(&mut self, node: &Node, transform: Transform) -> Option<()> {
        // resvg moves the node to the image's corner, and only without a translation are the numbers exact that move
        // it back.
        if transform.tx != 0.0 || transform.ty != 0.0 {
            return None;
        }
        let corner = node.abs_layer_bounding_box()?;
        resvg::render_node(node, transform.pre_translate(corner.x(), corner.y()), &mut self.pixels.as_mut())
    }

    /// Draws a group of filled paths within a clip path on an image that is empty.
    fn draw_background(&mut self, group: &Group, transform: Transform) -> Option<()> {
        let clip_path = group.clip_path()?;
        if !is_plain(group) || !group.filters().is_empty() {
            return None;
        }
        let transform = transform.pre_concat(group.transform());
        let bounds = group.layer_bounding_box().transform(transform)?;
        // The same layer as resvg's, which has a margin: so the paths have the same coordinates.
        let layer = IntRect::from_xywh(
            (bounds.x().floor() as i32).checked_sub(2)?,
            (bounds.y().floor() as i32).checked_sub(2)?,
            (bounds.width().ceil() as u32).checked_add(4)?,
            (bounds.height().ceil() as u32).checked_add(4)?,
        )?;
        let transform = to_layer(layer, &bounds).pre_concat(transform);
        let mut pixels = Pixmap::new(layer.width(), layer.height())?;
        fill_paths(group, transform, &mut pixels.as_mut())?;
        pixels.apply_mask(&mask(clip_path, transform, &pixels)?);
        copy(&pixels, layer.x(), layer.y(), &mut self.pixels);
        Some(())
    }
}

/// Whether a group, apart from a clip path and filters, is only there to hold others.
pub(crate) fn is_plain(group: &Group) -> bool {
    group.mask().is_none() && group.opacity() == Opacity::ONE && group.blend_mode() == BlendMode::Normal
}

/// Moves the coordinates of the image to those of a layer. Written as resvg rounds it.
pub(crate) fn to_layer(layer: IntRect, bounds: &NonZeroRect) -> Transform {
    let x = bounds.x() - (bounds.x() - layer.x() as f32);
    let y = bounds.y() - (bounds.y() - layer.y() as f32);
    Transform::from_translate(-x, -y)
}

/// Fills the paths in a group, also those that texts consist of; `None` if there is anything else in it.
pub(crate) fn fill_paths(group: &Group, transform: Transform, pixels: &mut PixmapMut) -> Option<()> {
    group.children().iter().try_for_each(|node| match node {
        Node::Path(path) => fill(path, transform, pixels),
        Node::Text(text) => fill_group(text.flattened(), transform, pixels),
        Node::Group(group) => fill_group(group, transform, pixels),
        Node::Image(_) => None,
    })
}

fn fill_group(group: &Group, transform: Transform, pixels: &mut PixmapMut) -> Option<()> {
    if group.should_isolate() {
        return None;
    }
    fill_paths(group, transform.pre_concat(group.transform()), pixels)
}

/// How much of each pixel is inside a clip path that consists of one path.
fn mask(clip_path: &ClipPath, transform: Transform, pixels: &Pixmap) -> Option<Mask> {
    let ([Node::Path(path)], None) = (clip_path.root().children(), clip_path.clip_path()) else { return None };
    let transform = transform.pre_concat(clip_path.transform());
    let mut mask = Mask::new(pixels.width(), pixels.height())?;
    let is_smooth = path.rendering_mode().use_shape_antialiasing();
    mask.fill_path(path.data(), rule(path.fill()?), is_smooth, transform);
    path.is_visible().then_some(mask)
}

/// Copies an image to a place in another, as far as it lies within.
fn copy(from: &Pixmap, x: i32, y: i32, to: &mut Pixmap) {
    let (from_width, to_width) = (from.width() as usize, to.width() as usize);
    let skipped = x.min(0).unsigned_abs() as usize;
    let start = x.max(0) as usize;
    let length = from_width.saturating_sub(skipped).min(to_width.saturating_sub(start));
    for (line, target) in (y..).zip(from.pixels().chunks_exact(from_width)) {
        let Some(line) = usize::try_from(line).ok().filter(|&line| line < to.height() as usize) else { continue };
        if length > 0 {
            to.pixels_mut()[line * to_width + start..][..length].copy_from_slice(&target[skipped..][..length]);
        }
    }
}
